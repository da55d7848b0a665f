import { Lock, ScrollText } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "@/api/types";
import { DataList } from "@/components/list/DataList";
import type { ListSpec } from "@/components/list/types";
import { Mark } from "@/components/marks";
import { Page } from "@/components/Page";
import { Nothing, When } from "@/components/When";

export function AuditPage() {
  const { t } = useTranslation("audit");
  const spec: ListSpec<AuditEntry> = useMemo(() => ({
    name: "audit", path: "/audit", defaultSort: "-id", searchLabel: t("title"), noSearch: true, countLabel: (count) => t("count", { count: count as never }),
    rowName: (entry) => entry.action, href: (entry) => `/audit?open=${entry.id}`, panel: (entry) => <Change entry={entry} />,
    views: [{ name: "all", label: t("all"), address: "" }], filters: [],
    columns: [
      { key: "at", title: t("when"), width: "160px", sort: "id", fixed: true, render: (e) => <When at={e.at} /> },
      { key: "actor", title: t("who"), width: "minmax(120px, 1fr)", render: (e) => e.actor_name ?? <Nothing /> },
      { key: "action", title: t("what"), width: "minmax(160px, 1.4fr)", fixed: true, render: (e) => <code>{e.action}</code> },
      { key: "record", title: t("record"), width: "minmax(160px, 1.4fr)", render: (e) => <span className="soft-cell">{e.subject_kind} {e.subject_id.slice(-12)}</span> },
      { key: "sealed", title: t("seal"), width: "112px", render: (e) => (e.sealed ? <Mark icon={Lock} tone="quiet">{t("sealed")}</Mark> : <Nothing />) },
    ],
    card: (e) => <><span className="card-top"><strong><code>{e.action}</code></strong><When at={e.at} /></span><span className="card-marks">{e.actor_name}</span></>,
    empty: { icon: ScrollText, title: t("empty_title"), text: t("empty_text") },
  }), [t]);
  return <Page width="list" title={t("title")}><DataList spec={spec} /></Page>;
}

function Change({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  return (
    <>
      <p><When at={entry.at} /> · {entry.actor_name}</p>
      {(["before", "after"] as const).map((side) => entry[side] !== undefined && entry[side] !== null && (
        <section key={side}><h3>{t(side)}</h3><pre className="audit-value"><code>{JSON.stringify(entry[side], null, 2)}</code></pre></section>
      ))}
      {entry.request_id && <p className="soft small">{t("request")} <code>{entry.request_id}</code></p>}
    </>
  );
}
