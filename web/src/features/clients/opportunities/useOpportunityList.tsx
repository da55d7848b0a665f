import { Target } from "lucide-react";
import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Opportunity } from "@/api/types";
import { useColleagues } from "@/auth/colleagues";
import { usePermission } from "@/auth/permissions";
import { DueDay } from "@/components/DueDay";
import { RowName } from "@/components/list/RowName";
import type { Filter, ListSpec } from "@/components/list/types";
import { MoneyText } from "@/components/MoneyText";
import { Nothing, When } from "@/components/When";
import { ALL_STAGES, isOpen, OpportunityMark } from "./stages";

/** Filters that the board understands too. */
export function useSharedFilters(): readonly Filter[] {
  const { t } = useTranslation("opportunities");
  const colleagues = useColleagues();
  return useMemo(
    () => [
      {
        name: "owner_id",
        label: t("owner"),
        several: true,
        options: colleagues.map((user) => ({ value: user.id, label: user.name })),
      },
      { name: "mine", label: t("whose"), options: [{ value: "true", label: t("mine") }] },
    ],
    [t, colleagues],
  );
}

export function useOpportunityList(): ListSpec<Opportunity> {
  const { t } = useTranslation("opportunities");
  const shared = useSharedFilters();
  const mayAdd = usePermission("opportunity:create");
  return useMemo(
    () => ({
      name: "opportunities",
      path: "/opportunities",
      defaultSort: "-updated_at",
      searchLabel: t("search"),
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (item) => item.title,
      href: (item) => `/opportunities/${item.id}`,
      views: [
        { name: "all", label: t("all"), address: "" },
        { name: "open", label: t("open"), address: "open=true&sort=close_on" },
        { name: "mine", label: t("mine"), address: "mine=true&open=true&sort=close_on" },
        { name: "won", label: t("stage.won"), address: "stage=won" },
        { name: "lost", label: t("stage.lost"), address: "stage=lost" },
      ],
      filters: [
        {
          name: "stage",
          label: t("stage_label"),
          several: true,
          options: ALL_STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) })),
        },
        ...shared,
        { name: "open", quiet: true, label: t("stage_label"), options: [{ value: "true", label: t("open") }] },
      ],
      columns: [
        {
          key: "title",
          title: t("title_label"),
          width: "minmax(220px, 3fr)",
          fixed: true,
          render: (o) => <RowName to={`/opportunities/${o.id}`}>{o.title}</RowName>,
        },
        {
          key: "client",
          title: t("client"),
          width: "minmax(140px, 2fr)",
          render: (o) => <span title={o.client.name ?? undefined}>{o.client.name}</span>,
        },
        { key: "stage", title: t("stage_label"), width: "176px", render: (o) => <OpportunityMark stage={o.stage} /> },
        {
          key: "amount",
          title: t("amount"),
          width: "120px",
          align: "end",
          render: (o) => <MoneyText money={o.amount} short />,
        },
        {
          key: "probability",
          title: t("probability"),
          width: "92px",
          align: "end",
          render: (o) => <span className="num">{o.probability}%</span>,
        },
        {
          key: "close",
          title: t("close_on"),
          width: "140px",
          sort: "close_on",
          render: (o) => (isOpen(o.stage) ? <DueDay on={o.close_on} /> : <When at={o.closed_at} day />),
        },
        { key: "owner", title: t("owner"), width: "minmax(88px, 1fr)", render: (o) => o.owner?.name ?? <Nothing /> },
        {
          key: "number",
          title: t("number"),
          width: "96px",
          optional: true,
          render: (o) => <span className="num soft-cell">{o.number}</span>,
        },
        {
          key: "opened",
          title: t("opened"),
          width: "128px",
          sort: "opened_at",
          optional: true,
          render: (o) => <When at={o.opened_at} day />,
        },
        {
          key: "updated",
          title: t("updated"),
          width: "128px",
          sort: "updated_at",
          optional: true,
          render: (o) => <When at={o.updated_at} />,
        },
      ],
      card: (o) => (
        <>
          <span className="card-top">
            <strong>{o.title}</strong>
            <MoneyText money={o.amount} short />
          </span>
          <span className="card-marks">
            <OpportunityMark stage={o.stage} />
            <span>{o.client.name}</span>
            {isOpen(o.stage) && o.close_on && <DueDay on={o.close_on} />}
          </span>
        </>
      ),
      empty: {
        icon: Target,
        title: t("empty_title"),
        text: t("empty_text"),
        action: mayAdd ? (
          <Link to="/opportunities/new">
            <Button type="primary">{t("add")}</Button>
          </Link>
        ) : undefined,
      },
    }),
    [t, shared, mayAdd],
  );
}
