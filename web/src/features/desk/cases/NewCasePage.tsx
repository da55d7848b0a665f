import { App, Button, Form, Input, Select } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { DraftForm } from "@/components/form/DraftForm";
import { ClientPersonSelect, ClientSelect } from "@/components/form/RecordSelect";
import { Page } from "@/components/Page";
import { useLeave } from "@/components/form/useLeave";
import { useTouch } from "@/lib/useTouch";
import { CASE_KEYS, openCase, type CaseBody } from "../api";
import { CASE_KINDS, PRIORITIES } from "./useCaseList";

const CHANNELS = ["phone", "mail", "portal"] as const;

/** The agent's form while somebody is on the telephone. */
export function NewCasePage() {
  const { t } = useTranslation(["cases", "forms"]);
  const { message } = App.useApp();
  const leave = useLeave();
  const touch = useTouch();
  const [params] = useSearchParams();
  const initial = useRef<CaseBody>({
    kind: "request",
    subject: "",
    description: "",
    remedy_sought: null,
    client_id: params.get("client") ?? undefined,
    priority: "normal",
    channel: "phone",
  }).current;
  const needed = [{ required: true, message: t("forms:required") }];
  const submit = async (values: CaseBody) => {
    const opened = await openCase({
      ...values,
      remedy_sought: values.remedy_sought?.trim() ? values.remedy_sought : null,
    });
    void message.success(t("opened", { number: opened.number }));
    await touch(CASE_KEYS);
    leave(`/cases/${opened.id}`);
  };
  const choices = <T extends string>(values: readonly T[], group: string) =>
    values.map((value) => ({ value, label: t(`${group}.${value}` as never) }));
  return (
    <Page width="form" title={t("new_title")} back={{ to: "/cases?live=true", label: t("title") }}>
      <DraftForm<CaseBody>
        draft="case.new"
        initial={initial}
        submit={submit}
        submitLabel={t("open")}
        cancel={
          <Link to="/cases?live=true">
            <Button type="text">{t("forms:cancel")}</Button>
          </Link>
        }
      >
        {(form) => (
          <div className="form-grid">
            <Form.Item name="client_id" label={t("client")} rules={needed}>
              <ClientSelect
                onChange={() => {
                  form.setFieldValue("requester_id", undefined);
                }}
              />
            </Form.Item>
            <Form.Item noStyle dependencies={["client_id"]}>
              {({ getFieldValue }) => (
                <Form.Item name="requester_id" label={t("requester")} extra={t("requester_help")} rules={needed}>
                  <ClientPersonSelect clientId={getFieldValue("client_id") as string | undefined} />
                </Form.Item>
              )}
            </Form.Item>
            <Form.Item name="kind" label={t("kind_label")} rules={needed}>
              <Select options={choices(CASE_KINDS, "kind")} />
            </Form.Item>
            <Form.Item name="channel" label={t("channel_label")}>
              <Select options={choices(CHANNELS, "channel")} />
            </Form.Item>
            <Form.Item name="subject" label={t("subject")} className="span" rules={needed}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="description" label={t("matter")} extra={t("matter_help")} className="span" rules={needed}>
              <Input.TextArea autoSize={{ minRows: 5, maxRows: 18 }} maxLength={20_000} />
            </Form.Item>
            <Form.Item name="remedy_sought" label={t("remedy")} className="span">
              <Input.TextArea autoSize={{ minRows: 2 }} maxLength={20_000} />
            </Form.Item>
            <Form.Item name="priority" label={t("priority_label")}>
              <Select options={choices(PRIORITIES, "priority")} />
            </Form.Item>
          </div>
        )}
      </DraftForm>
    </Page>
  );
}
