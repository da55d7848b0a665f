import { Building2 } from "lucide-react";
import { Button } from "antd";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import type { Client, Grade, Stage } from "@/api/types";
import { useColleagues } from "@/auth/colleagues";
import { useZone } from "@/auth/me";
import { usePermission } from "@/auth/permissions";
import { DueDay } from "@/components/DueDay";
import { GradeMark } from "@/components/GradeMark";
import { RowName } from "@/components/list/RowName";
import type { ListSpec } from "@/components/list/types";
import { StageMark } from "@/components/marks";
import { MoneyText } from "@/components/MoneyText";
import { Nothing, When } from "@/components/When";
import { nextContact } from "@/lib/contact";
import { plusDays, todayIn } from "@/lib/time";
import { useNow } from "@/lib/useNow";
import { ClientBulk } from "./ClientBulk";
import { ClientPanel } from "./ClientPanel";
import { PROVINCES } from "./provinces";

export const STAGES: readonly Stage[] = [
  "prospect",
  "qualified",
  "negotiating",
  "active",
  "dormant",
  "former",
  "disqualified",
];

const GRADES: readonly Grade[] = ["A", "B", "C"];

export const regionOf = (client: Client) => [...new Set([client.province, client.city].filter(Boolean))].join(" ");

export const ownerOf = (client: Client) => client.owner?.name ?? client.owner_name ?? null;

function Count({ of }: { of: number | undefined }) { return of ? <span className="num">{of}</span> : <Nothing />; }

/** Nobody is late with a client that was laid aside. */
function Due({ client, on }: { client: Client; on: string | null }) {
  return <DueDay on={client.archived_at ? null : on} />;
}

/** What is to happen next, a call or a visit, and when; nothing where nothing falls due. */
function NextContact({ client, blank = null }: { client: Client; blank?: ReactNode }) {
  const { t } = useTranslation("rhythm");
  if (!client.next_due_on || client.archived_at) return blank;
  return (
    <span className="next-contact">
      <span>{t(nextContact(client))}</span>
      <DueDay on={client.next_due_on} />
    </span>
  );
}

export function useClientList(): ListSpec<Client> {
  const { t } = useTranslation(["clients", "rhythm"]);
  const zone = useZone();
  const today = todayIn(zone, useNow());
  const colleagues = useColleagues();
  const mayAdd = usePermission("client:create");
  // An archived client changes in nothing but that it comes back, one by one.
  const archived = useSearchParams()[0].get("archived") === "true";
  const mayChange = usePermission("client:bulk") && !archived;
  return useMemo(
    () => ({
      name: "clients",
      path: "/clients",
      defaultSort: "next_due_on",
      searchLabel: t("search"),
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (client) => client.short_name ?? client.legal_name,
      href: (client) => `/clients/${client.id}`,
      panel: (client) => <ClientPanel id={client.id} />,
      bulk: mayChange ? (selection) => <ClientBulk selection={selection} /> : undefined,
      views: [
        { name: "all", label: t("all"), address: "" },
        { name: "mine", label: t("mine"), address: "mine=true" },
        { name: "due", label: t("rhythm:overdue"), address: `due_before=${today}&sort=next_due_on` },
        { name: "prospects", label: t("prospects"), address: "stage=prospect" },
        { name: "archived", label: t("archived"), address: "archived=true" },
      ],
      filters: [
        {
          name: "stage",
          label: t("stage_label"),
          several: true,
          options: STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) })),
        },
        {
          name: "grade",
          label: t("rhythm:grade"),
          several: true,
          options: GRADES.map((value) => ({ value, label: value })),
        },
        {
          name: "due_before",
          label: t("rhythm:due"),
          options: [
            { value: today, label: t("rhythm:overdue") },
            { value: plusDays(today, 8), label: t("rhythm:this_week") },
          ],
        },
        {
          name: "owner_id",
          label: t("owner"),
          several: true,
          options: colleagues.map((user) => ({ value: user.id, label: user.name })),
        },
        { name: "mine", quiet: true, label: t("owner"), options: [{ value: "true", label: t("me") }] },
        {
          name: "province",
          label: t("province"),
          several: true,
          options: PROVINCES.map((value) => ({ value, label: value })),
        },
        {
          name: "archived",
          quiet: true,
          label: t("archive_label"),
          options: [{ value: "true", label: t("archived") }],
        },
      ],
      columns: [
        {
          key: "name",
          title: t("name"),
          width: "minmax(184px, 3fr)",
          sort: "legal_name",
          fixed: true,
          render: (c) => <RowName to={`/clients/${c.id}`}>{c.legal_name}</RowName>,
        },
        {
          key: "number",
          title: t("number"),
          width: "80px",
          sort: "number",
          render: (c) => <span className="num soft-cell">{c.number}</span>,
        },
        {
          key: "stage",
          title: t("stage_label"),
          width: "104px",
          sort: "stage",
          render: (c) => <StageMark stage={c.stage} />,
        },
        { key: "grade", title: t("rhythm:grade"), width: "56px", render: (c) => <GradeMark grade={c.grade} /> },
        {
          key: "next_contact",
          title: t("rhythm:next_contact"),
          width: "152px",
          sort: "next_due_on",
          render: (c) => <NextContact client={c} blank={<Nothing />} />,
        },
        {
          key: "next_call",
          title: t("rhythm:next_call"),
          width: "124px",
          sort: "next_call_on",
          optional: true,
          render: (c) => <Due client={c} on={c.next_call_on} />,
        },
        {
          key: "next_visit",
          title: t("rhythm:next_visit"),
          width: "124px",
          sort: "next_visit_on",
          optional: true,
          render: (c) => <Due client={c} on={c.next_visit_on} />,
        },
        { key: "owner", title: t("owner"), width: "minmax(104px, 1fr)", render: (c) => ownerOf(c) ?? <Nothing /> },
        {
          key: "industry",
          title: t("industry"),
          width: "minmax(120px, 1.2fr)",
          render: (c) => c.industry ?? <Nothing />,
        },
        {
          key: "region",
          title: t("region"),
          width: "minmax(104px, 1fr)",
          optional: true,
          render: (c) => regionOf(c) || <Nothing />,
        },
        {
          key: "last_contact",
          title: t("last_contact"),
          width: "96px",
          sort: "last_contact_at",
          render: (c) => <When at={c.last_contact_at} day />,
        },
        {
          key: "open_cases",
          title: t("open_cases"),
          width: "88px",
          align: "end",
          render: (c) => <Count of={c.open_cases} />,
        },
        {
          key: "contacts",
          title: t("contacts"),
          width: "72px",
          align: "end",
          optional: true,
          render: (c) => <Count of={c.contacts_count} />,
        },
        {
          key: "contract_total",
          title: t("contract_total"),
          width: "128px",
          align: "end",
          optional: true,
          render: (c) => <MoneyText money={c.contract_total} short />,
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
            <strong>{c.legal_name}</strong>
            {c.grade && <GradeMark grade={c.grade} />}
          </span>
          <span className="card-marks">
            <StageMark stage={c.stage} />
            {c.industry && <span>{c.industry}</span>}
            {regionOf(c) && <span>{regionOf(c)}</span>}
            {ownerOf(c) && <span>{ownerOf(c)}</span>}
            <NextContact client={c} />
          </span>
        </>
      ),
      empty: {
        icon: Building2,
        title: t("empty_title"),
        text: t("empty_text"),
        action: mayAdd ? (
          <Link to="/imports">
            <Button type="primary">{t("import")}</Button>
          </Link>
        ) : undefined,
      },
    }),
    [t, today, colleagues, mayAdd, mayChange],
  );
}
