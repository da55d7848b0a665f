import { App, Form, Input, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Language, Side, User } from "@/api/types";
import { OWN_NAME } from "@/app/LanguageSwitch";
import { useMe } from "@/auth/me";
import { hasRole } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { ClientSelect } from "@/components/form/RecordSelect";
import { LANGUAGES } from "@/i18n";
import { FIRM_ROLES, useRoleNames } from "@/auth/roles";
import { useTouch } from "@/lib/useTouch";

interface Values {
  side: Side;
  email: string;
  name: string;
  title?: string;
  roles?: string[];
  client_id?: string;
  language: Language;
}

export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t, i18n } = useTranslation(["users", "forms"]);
  const { message } = App.useApp();
  const touch = useTouch();
  const say = useRoleNames();
  // Only administrators let colleagues in; others invite people of their clients.
  const admin = hasRole(useMe(), "admin");
  const needed = [{ required: true, message: t("forms:required") }];
  const submit = async ({ side, email, name, title, roles, client_id, language }: Values) => {
    await api.post<User>("/users", {
      side,
      email,
      name,
      language,
      ...(title?.trim() ? { title } : {}),
      ...(side === "firm" ? { roles: roles ?? [] } : { client_id }),
    });
    void message.success(t("invited", { email }));
    await touch(["users"]);
  };
  return (
    <AskDialog<Values>
      open={open}
      title={t("invite_title")}
      okText={t("invite_send")}
      initial={{ side: admin ? "firm" : "client", roles: ["consultant"], language: i18n.language as Language }}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item name="side" label={t("side_label")}>
        <Radio.Group
          disabled={!admin}
          options={(["firm", "client"] as const).map((value) => ({ value, label: t(`side.${value}`) }))}
        />
      </Form.Item>
      <div className="form-grid">
        <Form.Item name="name" label={t("name")} rules={needed}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="title" label={t("job_title")}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item
          name="email"
          label={t("email")}
          className="span"
          rules={[...needed, { type: "email", message: t("email_wrong") }]}
        >
          <Input inputMode="email" maxLength={200} />
        </Form.Item>
        <Form.Item noStyle dependencies={["side"]}>
          {({ getFieldValue }) =>
            getFieldValue("side") === "client" ? (
              <Form.Item name="client_id" label={t("organisation")} className="span" rules={needed}>
                <ClientSelect />
              </Form.Item>
            ) : (
              <Form.Item name="roles" label={t("roles")} className="span" rules={needed}>
                <Select mode="multiple" options={FIRM_ROLES.map((value) => ({ value, label: say([value]) }))} />
              </Form.Item>
            )
          }
        </Form.Item>
        <Form.Item name="language" label={t("language")} extra={t("language_help")} className="span">
          <Radio.Group
            options={LANGUAGES.map((value) => ({
              value,
              label: (
                <span lang={value} translate="no">
                  {OWN_NAME[value]}
                </span>
              ),
            }))}
          />
        </Form.Item>
      </div>
    </AskDialog>
  );
}
