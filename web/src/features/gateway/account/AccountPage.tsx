import { App, Button, Form, Input, Radio } from "antd";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { useState } from "react";
import { api } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Language } from "@/api/types";
import { OWN_NAME, useSwitchLanguage } from "@/app/LanguageSwitch";
import { ME, useMe } from "@/auth/me";
import { Facts, Page, Section } from "@/components/Page";
import { placeProblem } from "@/components/form/placeProblem";
import { asProblem, ProblemNotice } from "@/components/ProblemNotice";
import { useAct } from "@/components/useAct";
import { LANGUAGES } from "@/i18n";
import { useRoleNames } from "@/auth/roles";
import { longEnough } from "../signin/longEnough";

export function AccountPage() {
  const { t, i18n } = useTranslation("account");
  const me = useMe();
  const names = useRoleNames();
  const change = useSwitchLanguage(me);
  const rename = useAct((name: string) => api.patch("/me", { name }), { touches: ME, done: t("saved") });
  if (!me) return null;
  return (
    <Page width="form" title={t("title")}>
      <Section title={t("who")}>
        <Form
          layout="vertical"
          requiredMark={false}
          scrollToFirstError={{ focus: true }}
          initialValues={{ name: me.user.name }}
          onFinish={({ name }: { name: string }) => {
            rename.mutate(name);
          }}
        >
          <Form.Item
            name="name"
            label={t("name")}
            rules={[{ required: true, whitespace: true, message: t("need_name") }]}
          >
            <Input maxLength={120} autoComplete="name" />
          </Form.Item>
          <Button htmlType="submit" loading={rename.isPending}>
            {t("save")}
          </Button>
        </Form>
        <div style={{ marginTop: 16 }}>
          <Facts
            items={[
              [t("email"), me.user.email],
              ...(me.roles.length ? [[t("roles"), names(me.roles)] as const] : []),
              ...(me.client ? [[t("organisation"), me.client.name] as const] : []),
            ]}
          />
        </div>
      </Section>
      <Section title={t("language")}>
        <Radio.Group
          aria-label={t("language")}
          value={i18n.language}
          options={LANGUAGES.map((value) => ({
            value,
            label: (
              <span lang={value} translate="no">
                {OWN_NAME[value]}
              </span>
            ),
          }))}
          onChange={(event) => void change(event.target.value as Language)}
        />
      </Section>
      <Section title={t("password")}><Password /></Section>
    </Page>
  );
}

interface Passwords { current_password: string; new_password: string }

function Password() {
  const { t } = useTranslation("account");
  const { message } = App.useApp();
  const [form] = Form.useForm<Passwords>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (values: Passwords) => {
    setBusy(true);
    setProblem(null);
    try {
      await api.post("/me/password", values);
      form.resetFields();
      void message.success(t("password_saved"));
    } catch (error) {
      flushSync(() => { setBusy(false); }); // a field that is switched off does not take the focus
      setProblem(placeProblem(form, asProblem(error)));
    } finally { setBusy(false); }
  };
  return (
    <Form<Passwords>
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      disabled={busy}
      onFinish={(values) => void save(values)}
    >
      <Form.Item
        name="current_password"
        label={t("password_now")}
        rules={[{ required: true, message: t("password_need") }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="new_password"
        label={t("password_new")}
        extra={t("password_help")}
        rules={[longEnough((count) => t("password_short", { count }))]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      {problem && <ProblemNotice error={problem} compact />}
      <Button htmlType="submit" loading={busy}>{t("password_change")}</Button>
    </Form>
  );
}
