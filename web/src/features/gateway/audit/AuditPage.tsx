import { ScrollText } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "@/api/types";
import { DataList } from "@/components/list/DataList";
import type { ListSpec } from "@/components/list/types";
import { Page } from "@/components/Page";
import { Nothing, When } from "@/components/When";

const actorOf = (entry: AuditEntry) => entry.actor?.name ?? entry.actor_name ?? null;
const recordOf = (entry: AuditEntry) => entry.record ?? entry.record_kind ?? null;

export function AuditPage() {
  const { t } = useTranslation("audit");
  const spec: ListSpec<AuditEntry> = useMemo(() => ({
    name: "audit", path: "/audit", defaultSort: "-at", searchLabel: t("search"), countLabel: (count) => t("count", { count: count as never }),
    rowName: (entry) => entry.action, href: (entry) => `/audit?open=${entry.id}`, panel: (entry) => <Change entry={entry} />,
    views: [{ name: "all", label: t("all"), address: "" }], filters: [],
    columns: [
      { key: "at", title: t("when"), width: "160px", sort: "at", fixed: true, render: (e) => <When at={e.at} /> },
      { key: "actor", title: t("who"), width: "minmax(120px, 1fr)", render: (e) => actorOf(e) ?? <Nothing /> },
      { key: "action", title: t("what"), width: "minmax(160px, 1.4fr)", fixed: true, render: (e) => <code>{e.action}</code> },
      { key: "record", title: t("record"), width: "minmax(160px, 1.4fr)", render: (e) => recordOf(e) ?? <Nothing /> },
      { key: "service", title: t("service"), width: "112px", render: (e) => e.service ?? <Nothing /> },
    ],
    card: (e) => <><span className="card-top"><strong><code>{e.action}</code></strong><When at={e.at} /></span><span className="card-marks">{actorOf(e)}</span></>,
    empty: { icon: ScrollText, title: t("empty_title"), text: t("empty_text") },
  }), [t]);
  return <Page width="list" title={t("title")}><DataList spec={spec} /></Page>;
}

function Change({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  return (
    <>
      <p><When at={entry.at} /> · {actorOf(entry)}</p>
      {(["before", "after"] as const).map((side) => entry[side] !== undefined && entry[side] !== null && (
        <section key={side}><h3>{t(side)}</h3><pre className="audit-value"><code>{JSON.stringify(entry[side], null, 2)}</code></pre></section>
      ))}
      {entry.request_id && <p className="soft small">{t("request")} <code>{entry.request_id}</code></p>}
    </>
  );
}
