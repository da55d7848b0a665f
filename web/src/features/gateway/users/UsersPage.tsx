import { Button } from "antd";
import { CheckCircle2, CircleSlash, Mail, UserPlus, Users } from "lucide-react";
import type { TFunction } from "i18next";
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { User } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { DataList } from "@/components/list/DataList";
import type { ListSpec } from "@/components/list/types";
import { Mark } from "@/components/marks";
import { Page } from "@/components/Page";
import { Nothing, When } from "@/components/When";
import { withFilter } from "@/lib/filters";
import { InviteDialog } from "./InviteDialog";
import { useRoleNames } from "@/auth/roles";
import { UserPanel } from "./UserPanel";

export function UserStatus({ user }: { user: User }) {
  const { t } = useTranslation("users");
  if (user.status === "active") return <Mark icon={CheckCircle2} tone="good">{t("status.active")}</Mark>;
  if (user.status === "invited") return <Mark icon={Mail} tone="plain">{t("status.invited")}</Mark>;
  return <Mark icon={CircleSlash} tone="quiet">{t("status.deactivated")}</Mark>;
}

/** Where a person belongs; whose time with a client is over belongs nowhere any more. */
export function organisationOf(user: User, t: TFunction<"users">): string {
  if (user.side === "firm") return t("own_firm");
  return user.client?.name ?? t("time_ended");
}

function useUserList(invite: ReactNode): ListSpec<User> {
  const { t } = useTranslation("users");
  const names = useRoleNames();
  return useMemo(
    () => ({
      name: "users",
      path: "/users",
      defaultSort: "name",
      searchLabel: t("search"),
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (user) => user.name,
      href: (user) => `/users?open=${user.id}`,
      panel: (user) => <UserPanel user={user} />,
      views: [
        { name: "all", label: t("view.all"), address: "" },
        { name: "firm", label: t("view.firm"), address: "side=firm" },
        { name: "client", label: t("view.client"), address: "side=client" },
      ],
      filters: [
        {
          name: "side",
          label: t("side_label"),
          options: (["firm", "client"] as const).map((value) => ({ value, label: t(`side.${value}`) })),
        },
        {
          name: "status",
          label: t("status_label"),
          several: true,
          options: (["active", "invited", "deactivated"] as const).map((value) => ({
            value,
            label: t(`status.${value}`),
          })),
        },
      ],
      columns: [
        {
          key: "name",
          title: t("name"),
          width: "minmax(104px, 1.2fr)",
          sort: "name",
          fixed: true,
          render: (u) => <span className="cell-main">{u.name}</span>,
        },
        {
          key: "email",
          title: t("email"),
          width: "minmax(184px, 2.4fr)",
          sort: "email",
          render: (u) => <span title={u.email ?? undefined}>{u.email}</span>,
        },
        {
          key: "roles",
          title: t("roles"),
          width: "minmax(96px, 1.2fr)",
          render: (u) => names(u.roles) || <Nothing />,
        },
        { key: "client", title: t("organisation"), width: "minmax(96px, 1.2fr)", render: (u) => organisationOf(u, t) },
        { key: "status", title: t("status_label"), width: "104px", render: (u) => <UserStatus user={u} /> },
        { key: "seen", title: t("last_seen"), width: "112px", render: (u) => <When at={u.last_seen_at} /> },
      ],
      card: (u) => (
        <>
          <span className="card-top">
            <strong>{u.name}</strong>
            <UserStatus user={u} />
          </span>
          <span className="card-marks">
            <span>{u.email}</span>
            <span>{names(u.roles)}</span>
          </span>
        </>
      ),
      empty: { icon: Users, title: t("empty_title"), text: t("empty_text"), action: invite },
    }),
    [t, names, invite],
  );
}

export function UsersPage() {
  const { t } = useTranslation("users");
  const may = usePermission("user:create");
  const [params, setParams] = useSearchParams();
  const [inviting, setInviting] = useState(params.has("invite"));
  const invite = useMemo(
    () =>
      may && (
        <Button
          type="primary"
          icon={<UserPlus size={15} />}
          onClick={() => {
            setInviting(true);
          }}
        >
          {t("invite")}
        </Button>
      ),
    [may, t],
  );
  const spec = useUserList(invite);
  const close = () => { setInviting(false); setParams((now) => withFilter(now, "invite", null), { replace: true }); };
  return (
    <Page width="list" title={t("title")} actions={invite}>
      <DataList spec={spec} />
      {may && <InviteDialog open={inviting} onClose={close} />}
    </Page>
  );
}
