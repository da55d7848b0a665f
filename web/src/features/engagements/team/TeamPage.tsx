import { Button, Segmented } from "antd";
import { Plus, Printer } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { TeamPerson } from "@/api/types";
import { ProblemNotice } from "@/components/ProblemNotice";
import { SavePicture } from "@/components/SavePicture";
import { RowSkeletons } from "@/components/Skeletons";
import { withFilter } from "@/lib/filters";
import { useTeam } from "../api";
import { useShownEngagement } from "../engagement/EngagementFrame";
import { Gaps } from "./Gaps";
import { EndDialog } from "./EndDialog";
import { MemberDialog, type MemberAsked } from "./MemberDialog";
import { PlannedPlaces } from "./PlannedPlaces";
import { TeamMapView } from "./TeamMapView";
import { TeamTable } from "./TeamTable";

/** The joint team: both firms side by side, what is missing, and the places as rows. */
export function TeamPage() {
  const { t } = useTranslation("team");
  const item = useShownEngagement();
  const team = useTeam(item.id);
  const [params, setParams] = useSearchParams();
  const [asked, setAsked] = useState<MemberAsked | null>(null);
  const map = useRef<HTMLDivElement>(null);
  const [ending, setEnding] = useState<TeamPerson | null>(null);
  const staffs = item.staffs ?? [];
  const may = item.can?.includes("staff") ?? false;
  const rows = params.get("as") === "table";
  if (team.isPending) return <RowSkeletons rows={8} />;
  if (team.isError) return <ProblemNotice error={team.error} onRetry={() => void team.refetch()} />;
  return (
    <>
      <div className="part-bar">
        <Segmented
          aria-label={t("shape")}
          value={rows ? "table" : "map"}
          options={[
            { value: "map", label: t("map") },
            { value: "table", label: t("table") },
          ]}
          onChange={(value) => {
            setParams((now) => withFilter(now, "as", value === "table" ? "table" : null), { replace: true });
          }}
        />
        <span className="page-actions">
          {!rows && <SavePicture parts={[map]} what={t("picture")} of={`${item.number} ${item.title}`} />}
          <Button
            icon={<Printer size={15} />}
            onClick={() => {
              window.print();
            }}
          >
            {t("print")}
          </Button>
          {may && (
            <Button
              type="primary"
              icon={<Plus size={15} />}
              onClick={() => {
                setAsked({});
              }}
            >
              {t("add")}
            </Button>
          )}
        </span>
      </div>
      {may && (
        <Gaps
          gaps={team.data.gaps}
          team={team.data}
          staffs={staffs}
          onMend={setAsked}
          edit={item.can?.includes("edit") ? `/engagements/${item.id}/edit` : undefined}
        />
      )}
      {rows ? (
        <TeamTable engagement={item} staffs={staffs} onEnd={setEnding} />
      ) : (
        <div ref={map}>
          <TeamMapView
            engagement={item}
            team={team.data}
            staffs={staffs}
            onAdd={may ? setAsked : undefined}
            onEnd={setEnding}
          />
        </div>
      )}
      {!rows && <PlannedPlaces engagement={item} staffs={staffs} onEnd={setEnding} />}
      {asked && (
        <MemberDialog
          engagement={item}
          team={team.data}
          asked={asked}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
      {ending && (
        <EndDialog
          person={ending}
          onClose={() => {
            setEnding(null);
          }}
        />
      )}
    </>
  );
}
