import { Button } from "antd";
import { Inbox } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Case, CaseKind, CaseStatus, Priority } from "@/api/types";
import { useColleagues } from "@/auth/colleagues";
import { usePermission } from "@/auth/permissions";
import { RowName } from "@/components/list/RowName";
import type { ListSpec } from "@/components/list/types";
import { KindMark, PriorityMark, StatusMark } from "@/components/marks";
import { CaseClock, WaitingClock } from "@/components/PromiseClock";
import { Nothing, When } from "@/components/When";
import { dueOf } from "@/lib/promise";
import { subjectOf } from "@/lib/said";
import { isOver } from "../api";
import { CaseBulk } from "./CaseBulk";
import { CasePanel } from "./CasePanel";

export const CASE_KINDS: readonly CaseKind[] = ["request", "complaint", "praise", "suggestion", "inquiry"];
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];
const STATUSES: readonly CaseStatus[] = [
  "open",
  "assigned",
  "in_progress",
  "waiting_client",
  "solution_offered",
  "solution_accepted",
  "reopened",
  "resolved",
  "closed",
  "withdrawn",
];

/** What the inbox is ordered by: the next promise, or since when a case waits for somebody to take it. */
function dueClock(item: Case) {
  if (isOver(item)) return null;
  if (dueOf(item)) return <CaseClock item={item} />;
  const untaken = !item.assignee && item.status !== "waiting_client";
  return untaken ? <WaitingClock since={item.created_at} /> : null;
}

/** The inbox: what nobody has taken and what is late stand first, then the next promise due. */
export function useCaseList(): ListSpec<Case> {
  const { t, i18n } = useTranslation("cases");
  const colleagues = useColleagues();
  const mayOpen = usePermission("case:open");
  const mayAssign = usePermission("case:assign");
  return useMemo(
    () => ({
      name: "cases",
      path: "/cases",
      start: "live=true",
      defaultSort: "next_due_at",
      searchLabel: t("search"),
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (item) => item.number,
      href: (item) => `/cases/${item.id}`,
      panel: (item) => <CasePanel id={item.id} />,
      bulk: mayAssign ? (selection) => <CaseBulk selection={selection} /> : undefined,
      views: [
        { name: "live", label: t("view.live"), address: "live=true" },
        { name: "mine", label: t("view.mine"), address: "live=true&mine=true" },
        { name: "unassigned", label: t("view.unassigned"), address: "unassigned=true" },
        { name: "overdue", label: t("view.overdue"), address: "overdue=true" },
        { name: "all", label: t("view.all"), address: "" },
      ],
      filters: [
        {
          name: "kind",
          label: t("kind_label"),
          several: true,
          options: CASE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
        },
        {
          name: "status",
          label: t("status_label"),
          several: true,
          options: STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
        },
        {
          name: "priority",
          label: t("priority_label"),
          several: true,
          options: PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) })),
        },
        {
          name: "assignee_id",
          label: t("assignee"),
          several: true,
          options: colleagues.map((user) => ({ value: user.id, label: user.name })),
        },
        { name: "mine", quiet: true, label: t("assignee"), options: [{ value: "true", label: t("me") }] },
        { name: "live", quiet: true, label: t("state_label"), options: [{ value: "true", label: t("state_live") }] },
        { name: "unassigned", quiet: true, label: t("dispatch"), options: [{ value: "true", label: t("nobody_yet") }] },
        { name: "overdue", quiet: true, label: t("promise"), options: [{ value: "true", label: t("late") }] },
      ],
      columns: [
        {
          key: "next_due",
          title: t("next_due"),
          width: "136px",
          sort: "next_due_at",
          fixed: true,
          render: (c) => dueClock(c) ?? <Nothing />,
        },
        {
          key: "subject",
          title: t("subject"),
          width: "minmax(220px, 3fr)",
          fixed: true,
          render: (c) => (
            <RowName to={`/cases/${c.id}`} lines>
              {subjectOf(c, i18n.language)}
            </RowName>
          ),
        },
        {
          key: "client",
          title: t("client"),
          width: "minmax(140px, 1.8fr)",
          render: (c) => (
            <span className="cell-lines" title={c.client?.name ?? undefined}>
              {c.client?.name ?? ""}
            </span>
          ),
        },
        { key: "status", title: t("status_label"), width: "136px", render: (c) => <StatusMark status={c.status} /> },
        {
          key: "priority",
          title: t("priority_label"),
          width: "80px",
          render: (c) => (c.priority ? <PriorityMark priority={c.priority} /> : <Nothing />),
        },
        {
          key: "assignee",
          title: t("assignee"),
          width: "minmax(88px, 0.8fr)",
          render: (c) => c.assignee?.name ?? <span className="soft-cell">{t("nobody_yet")}</span>,
        },
        { key: "kind", title: t("kind_label"), width: "104px", render: (c) => <KindMark kind={c.kind} /> },
        {
          key: "number",
          title: t("number"),
          width: "120px",
          sort: "number",
          render: (c) => <span className="num soft-cell">{c.number}</span>,
        },
        {
          key: "requester",
          title: t("requester"),
          width: "minmax(88px, 0.8fr)",
          optional: true,
          render: (c) => c.requester?.name ?? <Nothing />,
        },
        {
          key: "created",
          title: t("created"),
          width: "128px",
          sort: "created_at",
          optional: true,
          render: (c) => <When at={c.created_at} />,
        },
        {
          key: "updated",
          title: t("updated"),
          width: "128px",
          sort: "updated_at",
          optional: true,
          render: (c) => <When at={c.updated_at} />,
        },
      ],
      card: (c) => (
        <>
          <span className="card-top">
            <strong>{subjectOf(c, i18n.language)}</strong>
            {dueClock(c)}
          </span>
          <span className="card-marks">
            <span className="num">{c.number}</span>
            <StatusMark status={c.status} />
            {c.client && <span>{c.client.name}</span>}
          </span>
        </>
      ),
      empty: {
        icon: Inbox,
        title: t("empty_title"),
        text: t("empty_text"),
        action: mayOpen ? (
          <Link to="/cases/new">
            <Button type="primary">{t("open")}</Button>
          </Link>
        ) : undefined,
      },
    }),
    [t, i18n.language, colleagues, mayAssign, mayOpen],
  );
}
