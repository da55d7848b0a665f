import { ScrollText } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import type { AuditEntry } from "@/api/types";
import { DataList } from "@/components/list/DataList";
import type { ListSpec } from "@/components/list/types";
import { Page } from "@/components/Page";
import { Nothing, When } from "@/components/When";
import { Values } from "./Values";

const SERVICES = ["clients", "engagements", "desk", "surveys", "gateway"] as const;
const KINDS = [
  "client",
  "contact",
  "interaction",
  "opportunity",
  "import",
  "engagement",
  "member",
  "task",
  "deliverable",
  "stakeholder",
  "case",
  "response",
  "round",
  "campaign",
  "user",
  "key",
  "view",
  "audit",
  "dead_letter",
] as const;
/** Records with a page of their own. */
const PAGES: Record<string, (entry: AuditEntry) => string> = {
  client: (entry) => `/clients/${entry.subject_id}`,
  case: (entry) => `/cases/${entry.subject_id}`,
  engagement: (entry) => `/engagements/${entry.subject_id}`,
  deliverable: (entry) => `/deliverables/${entry.subject_id}`,
  opportunity: (entry) => `/opportunities/${entry.subject_id}`,
  interaction: (entry) => `/interactions/${entry.subject_id}`,
  import: (entry) => `/imports/${entry.subject_id}`,
  user: (entry) => `/users?q=${encodeURIComponent(entry.subject_name ?? "")}&open=${entry.subject_id}`,
};
const PERIODS = { hour: 1, day: 24, week: 168, month: 720 } as const;

export function AuditPage() {
  const { t } = useTranslation("audit");
  const [address] = useSearchParams();
  const actor = address.get("actor_id") ?? "";
  const record = address.get("subject_id") ?? "";
  const since = address.get("at.gte") ?? "";
  const spec: ListSpec<AuditEntry> = useMemo(
    () => ({
      name: "audit",
      path: "/audit",
      defaultSort: "-at",
      searchLabel: t("title"),
      noSearch: true,
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (entry) => actOf(entry.action, t),
      href: (entry) => `/audit?open=${entry.id}`,
      panel: (entry) => <Change entry={entry} />,
      views: [{ name: "all", label: t("all"), address: "" }],
      filters: [
        {
          name: "service",
          label: t("service"),
          several: true,
          options: SERVICES.map((value) => ({ value, label: t(`in.${value}`) })),
        },
        {
          name: "subject_kind",
          label: t("record"),
          several: true,
          options: KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
        },
        { name: "at.gte", label: t("when"), options: periods(since, (name) => t(`since.${name}`)) },
        { name: "actor_id", label: t("who"), quiet: true, options: [{ value: actor, label: t("one_person") }] },
        { name: "subject_id", label: t("record"), quiet: true, options: [{ value: record, label: t("one_record") }] },
      ],
      columns: [
        { key: "at", title: t("when"), width: "160px", sort: "at", fixed: true, render: (e) => <When at={e.at} /> },
        { key: "actor", title: t("who"), width: "minmax(120px, 1fr)", render: (e) => e.actor_name ?? <Nothing /> },
        {
          key: "action",
          title: t("what"),
          width: "minmax(160px, 1.4fr)",
          fixed: true,
          render: (e) => (
            <span className="cell-lines" title={e.action}>
              {actOf(e.action, t)}
            </span>
          ),
        },
        { key: "record", title: t("record"), width: "minmax(200px, 2fr)", render: (e) => <Subject entry={e} /> },
        {
          key: "service",
          title: t("service"),
          width: "minmax(96px, 0.8fr)",
          render: (e) => <span className="cell-lines">{place(e.service, t)}</span>,
        },
      ],
      card: (e) => (
        <>
          <span className="card-top">
            <strong>{actOf(e.action, t)}</strong>
            <When at={e.at} />
          </span>
          {e.subject_name && <span>{e.subject_name}</span>}
          <span className="card-marks">
            <span>{kindOf(e.subject_kind, t)}</span>
            <span>{e.actor_name}</span>
          </span>
        </>
      ),
      empty: { icon: ScrollText, title: t("empty_title"), text: t("empty_text") },
    }),
    [t, actor, record, since],
  );
  return (
    <Page width="list" title={t("title")}>
      <DataList spec={spec} />
    </Page>
  );
}

type Translate = ReturnType<typeof useTranslation<"audit">>["t"];

function place(service: string, t: Translate): string {
  const known = SERVICES.find((name) => name === service);
  return known ? t(`in.${known}`) : service;
}

function kindOf(kind: string, t: Translate): string {
  const known = KINDS.find((name) => name === kind);
  return known ? t(`kind.${known}`) : kind;
}

/** What was done, in words; the name it is recorded under where a newer service did it. */
function actOf(action: string, t: Translate): string {
  return t(`act.${action.replace(":", ".")}` as never, { defaultValue: action });
}

/** The record by its name where it is known, and the way to it where it has a page. */
function Subject({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  const kind = kindOf(entry.subject_kind, t);
  const page = PAGES[entry.subject_kind];
  const name = entry.subject_name ?? kind;
  return (
    <span className="subject" title={entry.subject_name ?? undefined}>
      {entry.subject_name && <span className="soft small">{kind}</span>}
      {page ? (
        <Link
          to={page(entry)}
          data-record
          onClick={(click) => {
            click.stopPropagation();
          }}
        >
          {name}
        </Link>
      ) : (
        <span data-record>{name}</span>
      )}
    </span>
  );
}

/** Moments some hours ago, to the minute; the one in the address stays what it is. */
function periods(chosen: string, label: (name: keyof typeof PERIODS) => string) {
  const minute = Math.floor(Date.now() / 60_000) * 60_000;
  const names = Object.keys(PERIODS) as (keyof typeof PERIODS)[];
  const offered = names.map((name) => ({
    value: new Date(minute - PERIODS[name] * 3_600_000).toISOString(),
    label: label(name),
  }));
  if (!chosen) return offered;
  const age = Date.now() - Date.parse(chosen);
  const nearest = names.reduce((best, name, at) => (age >= PERIODS[name] * 3_600_000 ? at : best), 0);
  return offered.map((each, at) => (at === nearest ? { ...each, value: chosen } : each));
}

function Change({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  return (
    <>
      <p>
        <Subject entry={entry} />
      </p>
      <p>
        <When at={entry.at} /> · {entry.actor_name}
      </p>
      <Values entry={entry} />
      <p className="lines">
        <Link to={`/audit?actor_id=${entry.actor_id}`}>{t("by_person")}</Link>{" · "}
        <Link to={`/audit?subject_id=${entry.subject_id}`}>{t("of_record")}</Link>
      </p>
      <p className="soft small">
        {t("recorded_as")} <code>{entry.action}</code> ·{" "}
        <code>
          {entry.subject_kind} {entry.subject_id}
        </code>
      </p>
      <p className="soft small">{t("sealed_as", { service: place(entry.service, t), seq: entry.seq })}</p>
      {entry.request_id && <p className="soft small">{t("request")} <code>{entry.request_id}</code></p>}
    </>
  );
}
