import { CheckCircle2, CircleDashed, CircleSlash, Mails, MessageSquareText, Minus } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SurveyInvitation, SurveyResponse } from "@/api/types";
import { DataList } from "@/components/list/DataList";
import type { ListSpec } from "@/components/list/types";
import { Mark } from "@/components/marks";
import { Nothing, When } from "@/components/When";
import { useWords } from "@/i18n/words";
import { sayText } from "@/lib/said";
import { CLIENT_ROLES } from "@/features/engagements/marks";
import { ScoreMark } from "./ScoreMark";
import { Subject } from "./Subject";
import { ToCampaigns } from "./ToCampaigns";

const STATUSES = {
  open: [CircleDashed, "plain"],
  answered: [CheckCircle2, "good"],
  closed: [CircleSlash, "quiet"],
  spared: [Minus, "quiet"],
} as const;
/** Those whom a survey was sent to; whoever was spared is counted apart. */
const ASKED = "status=open,answered,closed";
const placeOf = (row: { case_id?: string | null; engagement_id: string | null; client_id: string }) =>
  row.case_id
    ? `/cases/${row.case_id}`
    : row.engagement_id
      ? `/engagements/${row.engagement_id}`
      : `/clients/${row.client_id}`;

/** What was said under a name, newest first; a low score leads to what it was about. */
export function CommentsPage() {
  const { t } = useTranslation(["surveys", "engagements"]);
  const spec = useMemo<ListSpec<SurveyResponse>>(
    () => ({
      name: "responses",
      path: "/responses",
      defaultSort: "-answered_at",
      noSearch: true,
      searchLabel: t("part.comments"),
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (row) => row.person.name ?? row.subject,
      href: placeOf,
      views: [
        { name: "all", label: t("all"), address: "" },
        { name: "low", label: t("low"), address: "low=true" },
      ],
      filters: [
        {
          name: "kind",
          label: t("kind"),
          options: [
            { value: "nps", label: t("nps_short") },
            { value: "csat", label: t("csat_short") },
          ],
        },
        {
          name: "role",
          label: t("role"),
          several: true,
          options: CLIENT_ROLES.map((value) => ({ value, label: t(`engagements:role.${value}`) })),
        },
        { name: "low", quiet: true, label: t("score"), options: [{ value: "true", label: t("low") }] },
      ],
      columns: [
        { key: "score", title: t("score"), width: "88px", fixed: true, render: (row) => <ScoreMark {...row} /> },
        {
          key: "comment",
          title: t("comment"),
          width: "minmax(240px, 4fr)",
          fixed: true,
          render: (row) =>
            row.comment ? (
              <span className="cell-lines" title={row.comment}>
                {row.comment}
              </span>
            ) : (
              <Nothing />
            ),
        },
        { key: "person", title: t("person"), width: "minmax(104px, 1fr)", render: (row) => row.person.name },
        {
          key: "role",
          title: t("role"),
          width: "minmax(176px, 1fr)",
          render: (row) => (row.role ? t(`engagements:role.${row.role}`) : <Nothing />),
        },
        {
          key: "client",
          title: t("client"),
          width: "minmax(140px, 1.6fr)",
          render: (row) => (
            <span className="cell-lines" title={row.client.name ?? undefined}>
              {row.client.name}
            </span>
          ),
        },
        {
          key: "subject",
          title: t("subject"),
          width: "136px",
          render: (row) => <span className="num soft-cell">{row.subject}</span>,
        },
        {
          key: "at",
          title: t("answered"),
          width: "128px",
          sort: "answered_at",
          render: (row) => <When at={row.answered_at} day />,
        },
      ],
      card: (row) => (
        <>
          <span className="card-top">
            <strong className="card-words">{row.comment ?? t("no_comment")}</strong>
            <ScoreMark {...row} />
          </span>
          <span className="card-marks">
            <span>{row.person.name}</span>
            <span>{row.client.name}</span>
            <span className="num">{row.subject}</span>
            <When at={row.answered_at} day />
          </span>
        </>
      ),
      empty: { icon: MessageSquareText, title: t("empty_title"), text: t("empty_text"), action: <ToCampaigns /> },
    }),
    [t],
  );
  return (
    <div className="part-list">
      <DataList spec={spec} />
    </div>
  );
}

/** Where an invitation stands; of one that never went out, why. */
function StateMark({ status, spared_because: because }: Pick<SurveyInvitation, "status" | "spared_because">) {
  const t = useWords("surveys");
  const [icon, tone] = STATUSES[status];
  return <Mark icon={icon} tone={tone}>{t(because ? `spared.${because}` : `status.${status}`)}</Mark>;
}

/** Nothing was sent to somebody who was spared, so nothing closes. */
function SentDay({ row, at }: { row: SurveyInvitation; at: string }) {
  return <When at={row.status === "spared" ? null : at} day />;
}

/** Whom the firm asked, and who has not answered yet. */
export function InvitationsPage() {
  const { t, i18n } = useTranslation(["surveys", "engagements"]);
  const spec = useMemo<ListSpec<SurveyInvitation>>(
    () => ({
      name: "invitations",
      path: "/invitations",
      start: ASKED,
      defaultSort: "-created_at",
      noSearch: true,
      searchLabel: t("part.invitations"),
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (row) => row.person?.name ?? row.subject,
      href: placeOf,
      views: [
        { name: "asked", label: t("asked"), address: ASKED },
        { name: "waiting", label: t("waiting"), address: "waiting=true&sort=closes_at" },
        { name: "spared", label: t("status.spared"), address: "status=spared" },
        { name: "all", label: t("all"), address: "" },
      ],
      filters: [
        {
          name: "status",
          label: t("state"),
          several: true,
          options: (Object.keys(STATUSES) as SurveyInvitation["status"][]).map((value) => ({
            value,
            label: t(`status.${value}`),
          })),
        },
        {
          name: "role",
          label: t("role"),
          several: true,
          options: CLIENT_ROLES.map((value) => ({ value, label: t(`engagements:role.${value}`) })),
        },
        { name: "waiting", quiet: true, label: t("state"), options: [{ value: "true", label: t("waiting") }] },
      ],
      columns: [
        {
          key: "title",
          title: t("form"),
          width: "minmax(200px, 2fr)",
          fixed: true,
          render: (row) => <span className="cell-main">{sayText(row.title, i18n.language)}</span>,
        },
        {
          key: "person",
          title: t("person"),
          width: "minmax(88px, 1fr)",
          render: (row) => row.person?.name ?? <Nothing />,
        },
        {
          key: "role",
          title: t("role"),
          width: "minmax(176px, 1fr)",
          render: (row) => (row.role ? t(`engagements:role.${row.role}`) : <Nothing />),
        },
        { key: "state", title: t("state"), width: "minmax(128px, 1.2fr)", render: (row) => <StateMark {...row} /> },
        {
          key: "subject",
          title: t("subject"),
          width: "minmax(136px, 1.6fr)",
          render: (row) => (
            <span className="cell-lines soft-cell" title={row.about ? sayText(row.about, i18n.language) : undefined}>
              <Subject item={row} />
            </span>
          ),
        },
        {
          key: "sent",
          title: t("sent"),
          width: "112px",
          sort: "created_at",
          render: (row) => <SentDay row={row} at={row.created_at} />,
        },
        {
          key: "closes",
          title: t("closes"),
          width: "112px",
          sort: "closes_at",
          render: (row) => <SentDay row={row} at={row.closes_at} />,
        },
      ],
      card: (row) => (
        <>
          <span className="card-top">
            <strong>{row.person?.name ?? row.subject}</strong>
            <StateMark {...row} />
          </span>
          <span className="card-marks">
            <span>{sayText(row.title, i18n.language)}</span>
            <Subject item={row} />
            {row.status !== "spared" && <When at={row.closes_at} day />}
          </span>
        </>
      ),
      empty: { icon: Mails, title: t("empty_title"), text: t("empty_text"), action: <ToCampaigns /> },
    }),
    [t, i18n.language],
  );
  return (
    <div className="part-list">
      <DataList spec={spec} />
    </div>
  );
}
