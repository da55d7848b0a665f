import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useOutletContext, useParams } from "react-router";
import type { Engagement } from "@/api/types";
import { useMe } from "@/auth/me";
import { usePermission } from "@/auth/permissions";
import { Page } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PartsStrip } from "@/components/PartsStrip";
import { PageSkeleton } from "@/components/Skeletons";
import { clearMark } from "@/live/marks";
import { useEngagement } from "../api";
import { EngagementMark } from "../marks";
import { EngagementActs } from "./EngagementActs";

/** The engagement that the open page is about. */
export const useShownEngagement = () => useOutletContext<Engagement>();

/** What every page of an engagement has above it: its name, where it stands, the ways to its parts. */
export function EngagementFrame() {
  const { t } = useTranslation("engagements");
  const { id = "" } = useParams();
  const found = useEngagement(id);
  const firm = useMe()?.side === "firm";
  useEffect(() => {
    clearMark(id);
  }, [id]);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <PageProblem of={found} />;
  const item = found.data;
  return (
    <Page
      title={item.title}
      back={{ to: "/engagements", label: t(firm ? "title" : "own_title") }}
      actions={<EngagementActs item={item} />}
      under={
        <>
          <EngagementMark status={item.status} />
          <span className="num">{item.number}</span>
          {firm ? <Link to={`/clients/${item.client_id}`}>{item.client.name}</Link> : null}
          {item.my_roles.map((role) => (
            <span key={role}>{t("you_are", { role: t(`role.${role}`) })}</span>
          ))}
        </>
      }
    >
      <Parts id={id} firm={firm} />
      <Outlet context={item} />
    </Page>
  );
}

function Parts({ id, firm }: { id: string; firm: boolean }) {
  const { t } = useTranslation("engagements");
  const profiles = usePermission("stakeholder:list");
  const parts = [
    ["", t("part.plan")],
    ["team", t("part.team")],
    ["deliverables", t("part.deliverables")],
    ...(firm && profiles ? [["stakeholders", t("part.stakeholders")] as const] : []),
    ["history", t("part.history")],
  ] as const;
  return (
    <PartsStrip
      label={t("parts")}
      parts={parts.map(([path, label]) => ({ to: `/engagements/${id}${path && `/${path}`}`, label }))}
    />
  );
}
