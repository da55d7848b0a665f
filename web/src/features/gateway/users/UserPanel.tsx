import { Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { User } from "@/api/types";
import { useMe } from "@/auth/me";
import { usePermission } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { Facts } from "@/components/Page";
import { useAct } from "@/components/useAct";
import { useDanger } from "@/components/useDanger";
import { When } from "@/components/When";
import { FIRM_ROLES, useRoleNames } from "@/auth/roles";
import { useTouch } from "@/lib/useTouch";
import { organisationOf, UserStatus } from "./UsersPage";

interface Values { name: string; title?: string | null; roles?: string[] }

export function UserPanel({ user }: { user: User }) {
  const { t } = useTranslation("users");
  const danger = useDanger();
  const me = useMe();
  const names = useRoleNames();
  const may = usePermission("user:edit");
  const [editing, setEditing] = useState(false);
  const act = useAct(
    (name: "invite" | "activate" | "deactivate") =>
      api.post(`/users/${user.id}/${name}`, undefined, { comesAgain: true }),
    { touches: ["users"], done: t("done") },
  );
  const ask = () =>
    danger({
      title: t("deactivate_title", { name: user.name }),
      content: t("deactivate_text"),
      okText: t("deactivate"),
      onOk: () => act.mutateAsync("deactivate"),
    });
  return (
    <>
      <Facts
        items={[
          [t("status_label"), <UserStatus key="s" user={user} />],
          [t("email"), user.email],
          [t("job_title"), user.title ?? "–"],
          [t("roles"), names(user.roles) || "–"],
          [t("organisation"), organisationOf(user, t)],
          [t("last_seen"), <When key="w" at={user.last_seen_at} />],
          [t("since"), <When key="c" at={user.created_at} day />],
        ]}
      />
      {may && (
        <div className="form-acts">
          <Button
            onClick={() => {
              setEditing(true);
            }}
          >
            {t("edit")}
          </Button>
          {user.status === "invited" && (
            <Button
              loading={act.isPending}
              onClick={() => {
                act.mutate("invite");
              }}
            >
              {t("invite_again")}
            </Button>
          )}
          {user.status === "deactivated" && (
            <Button
              loading={act.isPending}
              onClick={() => {
                act.mutate("activate");
              }}
            >
              {t("activate")}
            </Button>
          )}
          {user.status !== "deactivated" && user.id !== me?.user.id && (
            <Button danger type="text" onClick={() => void ask()}>
              {t("deactivate")}
            </Button>
          )}
        </div>
      )}
      <EditUser user={user} open={editing} onClose={() => { setEditing(false); }} />
    </>
  );
}

function EditUser({ user, open, onClose }: { user: User; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(["users", "forms"]);
  const touch = useTouch();
  const say = useRoleNames();
  const submit = async (values: Values) => {
    await api.patch(
      `/users/${user.id}`,
      {
        name: values.name,
        title: values.title?.trim() ? values.title : null,
        ...(user.side === "firm" ? { roles: values.roles ?? [] } : {}),
      },
      user.version,
    );
    await touch(["users"]);
  };
  return (
    <AskDialog<Values>
      open={open}
      title={t("edit_title", { name: user.name })}
      okText={t("forms:save")}
      initial={{ name: user.name, title: user.title, roles: user.roles }}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t("name")}
        rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
      >
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="title" label={t("job_title")}>
        <Input maxLength={120} />
      </Form.Item>
      {user.side === "firm" && (
        <Form.Item name="roles" label={t("roles")}>
          <Select mode="multiple" options={FIRM_ROLES.map((value) => ({ value, label: say([value]) }))} />
        </Form.Item>
      )}
    </AskDialog>
  );
}
