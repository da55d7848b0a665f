import { Button, Segmented } from "antd";
import { EyeOff, Plus, UserRoundSearch } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Stakeholder } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { EmptyState } from "@/components/EmptyState";
import { ProblemNotice } from "@/components/ProblemNotice";
import { SavePicture } from "@/components/SavePicture";
import { RowSkeletons } from "@/components/Skeletons";
import { Nothing } from "@/components/When";
import { withFilter } from "@/lib/filters";
import { useShownEngagement } from "../engagement/EngagementFrame";
import { useStakeholders } from "./api";
import { PowerGrid } from "./PowerGrid";
import { ProfileDialog } from "./ProfileDialog";
import { ProfileDrawer } from "./ProfileDrawer";
import { StanceMark } from "./StanceMark";

/** What the firm makes of the people it works with: for its own eyes only, and it says so. */
export function StakeholdersPage() {
  const { t } = useTranslation("stakeholders");
  const engagement = useShownEngagement();
  const found = useStakeholders(engagement.id);
  const mayAdd = usePermission("stakeholder:add");
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const rows = params.get("as") === "table";
  const show = (id: string | null) => {
    setParams((now) => withFilter(now, "person", id), { replace: true });
  };
  if (found.isPending) return <RowSkeletons rows={6} />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  const open = found.data.find((item) => item.id === params.get("person"));
  const add = mayAdd && (
    <Button
      type="primary"
      icon={<Plus size={15} />}
      onClick={() => {
        setAdding(true);
      }}
    >
      {t("add")}
    </Button>
  );
  return (
    <>
      <p className="firm-eyes">
        <EyeOff size={14} aria-hidden="true" />
        {t("firm_eyes")}
      </p>
      {found.data.length === 0 ? (
        <EmptyState icon={UserRoundSearch} title={t("empty_title")} action={add}>
          {t("empty_text")}
        </EmptyState>
      ) : (
        <>
          <div className="part-bar">
            <Segmented
              aria-label={t("shape")}
              value={rows ? "table" : "grid"}
              options={[
                { value: "grid", label: t("grid") },
                { value: "table", label: t("table") },
              ]}
              onChange={(value) => {
                setParams((now) => withFilter(now, "as", value === "table" ? "table" : null), { replace: true });
              }}
            />
            <span className="page-actions">
              {!rows && <SavePicture parts={[grid]} what={t("grid")} of={`${engagement.number} ${engagement.title}`} />}
              {add}
            </span>
          </div>
          {rows ? (
            <Rows
              items={found.data}
              onOpen={(item) => {
                show(item.id);
              }}
            />
          ) : (
            <div ref={grid}>
              <PowerGrid
                items={found.data}
                onOpen={(item) => {
                  show(item.id);
                }}
              />
            </div>
          )}
        </>
      )}
      {adding && (
        <ProfileDialog
          engagement={engagement}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      {open && (
        <ProfileDrawer
          engagement={engagement}
          item={open}
          onClose={() => {
            show(null);
          }}
        />
      )}
    </>
  );
}

function Rows({ items, onOpen }: { items: readonly Stakeholder[]; onOpen: (item: Stakeholder) => void }) {
  const { t } = useTranslation("stakeholders");
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="plain-table team-table profile-table">
        <thead>
          <tr>
            {(["person", "influence", "interest", "stance_now", "stance_wanted", "concerns"] as const).map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.id}>
              <th scope="row">
                <button
                  type="button"
                  className="link"
                  data-record=""
                  onClick={() => {
                    onOpen(item);
                  }}
                >
                  {item.name}
                </button>
                {item.title && <span className="soft small"> {item.title}</span>}
              </th>
              <td className="num">{item.influence}</td>
              <td className="num">{item.interest}</td>
              <td>
                <StanceMark stance={item.stance_now} />
              </td>
              <td>
                <StanceMark stance={item.stance_wanted} />
              </td>
              <td>{item.concerns ?? <Nothing />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
