import { Handshake } from "lucide-react";
import { Button } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Engagement } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { RowName } from "@/components/list/RowName";
import type { ListSpec } from "@/components/list/types";
import { Day, Nothing, When } from "@/components/When";
import { EngagementMark, STATUS_ORDER } from "../marks";

export function useEngagementList(): ListSpec<Engagement> {
  const { t } = useTranslation("engagements");
  const mayDraft = usePermission("engagement:draft");
  return useMemo(
    () => ({
      name: "engagements",
      path: "/engagements",
      defaultSort: "-updated_at",
      searchLabel: t("search"),
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (item) => item.title,
      href: (item) => `/engagements/${item.id}`,
      views: [
        { name: "all", label: t("all"), address: "" },
        { name: "live", label: t("live"), address: "live=true" },
        { name: "mine", label: t("mine"), address: "mine=true&live=true" },
        { name: "drafts", label: t("drafts"), address: "status=draft" },
      ],
      filters: [
        {
          name: "status",
          label: t("status_label"),
          several: true,
          options: STATUS_ORDER.map((value) => ({ value, label: t(`status.${value}`) })),
        },
        { name: "mine", label: t("whose"), options: [{ value: "true", label: t("mine") }] },
        { name: "live", quiet: true, label: t("status_label"), options: [{ value: "true", label: t("live") }] },
      ],
      columns: [
        {
          key: "title",
          title: t("title_label"),
          width: "minmax(220px, 3fr)",
          fixed: true,
          render: (e) => <RowName to={`/engagements/${e.id}`}>{e.title}</RowName>,
        },
        {
          key: "client",
          title: t("client"),
          width: "minmax(140px, 2fr)",
          render: (e) => <span title={e.client.name ?? undefined}>{e.client.name}</span>,
        },
        {
          key: "status",
          title: t("status_label"),
          width: "128px",
          render: (e) => <EngagementMark status={e.status} />,
        },
        {
          key: "consulting_pm",
          title: t("role.consulting_pm"),
          width: "minmax(104px, 1fr)",
          render: (e) => e.consulting_pm?.name ?? <Nothing />,
        },
        {
          key: "client_pm",
          title: t("role.client_pm"),
          width: "minmax(104px, 1fr)",
          render: (e) => e.client_pm?.name ?? <Nothing />,
        },
        {
          key: "starts",
          title: t("starts_on"),
          width: "112px",
          sort: "starts_on",
          render: (e) => <Day on={e.starts_on} />,
        },
        {
          key: "number",
          title: t("number"),
          width: "120px",
          sort: "number",
          render: (e) => <span className="num soft-cell">{e.number}</span>,
        },
        {
          key: "updated",
          title: t("updated"),
          width: "128px",
          sort: "updated_at",
          optional: true,
          render: (e) => <When at={e.updated_at} />,
        },
      ],
      card: (e) => (
        <>
          <span className="card-top">
            <strong>{e.title}</strong>
          </span>
          <span className="card-marks">
            <EngagementMark status={e.status} />
            <span>{e.client.name}</span>
            <span className="num">{e.number}</span>
          </span>
        </>
      ),
      empty: {
        icon: Handshake,
        title: t(mayDraft ? "empty_title" : "none_yours_title"),
        text: t(mayDraft ? "empty_text" : "none_yours_text"),
        action: mayDraft ? (
          <Link to="/engagements/new">
            <Button type="primary">{t("add")}</Button>
          </Link>
        ) : undefined,
      },
    }),
    [t, mayDraft],
  );
}
