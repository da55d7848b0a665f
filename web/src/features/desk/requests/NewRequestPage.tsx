import { Button, Form, Input } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import type { CaseKind } from "@/api/types";
import { DraftForm } from "@/components/form/DraftForm";
import { Page } from "@/components/Page";
import { useLeave } from "@/components/form/useLeave";
import { useTouch } from "@/lib/useTouch";
import { CASE_KEYS, openCase, type CaseBody } from "../api";
import { CASE_KINDS } from "../cases/useCaseList";

const isKind = (value: string | null): value is CaseKind => (CASE_KINDS as readonly (string | null)[]).includes(value);

/** A client's person says what the matter is; the firm answers with a number at once. */
export function NewRequestPage() {
  const { t } = useTranslation(["requests", "forms"]);
  const leave = useLeave();
  const touch = useTouch();
  const [params] = useSearchParams();
  const asked = params.get("kind");
  const initial = useRef<CaseBody>({
    kind: isKind(asked) ? asked : "request",
    subject: "",
    description: "",
    remedy_sought: null,
  }).current;
  const needed = [{ required: true, whitespace: true, message: t("forms:required") }];
  const submit = async (values: CaseBody) => {
    const opened = await openCase({
      ...values,
      remedy_sought: values.remedy_sought?.trim() ? values.remedy_sought : null,
    });
    await touch(CASE_KEYS);
    leave(`/requests/${opened.id}?received=1`);
  };
  return (
    <Page width="form" title={t("new")} back={{ to: "/requests", label: t("title") }}>
      <DraftForm<CaseBody>
        draft="request.new"
        initial={initial}
        submit={submit}
        submitLabel={t("send")}
        cancel={
          <Link to="/requests">
            <Button type="text">{t("forms:cancel")}</Button>
          </Link>
        }
      >
        {() => (
          <>
            <Form.Item name="kind" label={t("what")}>
              <KindChoice />
            </Form.Item>
            <Form.Item name="subject" label={t("subject")} rules={needed}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="description" label={t("description")} extra={t("description_help")} rules={needed}>
              <Input.TextArea autoSize={{ minRows: 5, maxRows: 18 }} maxLength={20_000} />
            </Form.Item>
            <Form.Item name="remedy_sought" label={t("remedy")} extra={t("remedy_help")}>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={20_000} />
            </Form.Item>
          </>
        )}
      </DraftForm>
    </Page>
  );
}

function KindChoice({ value, onChange }: { value?: CaseKind; onChange?: (kind: CaseKind) => void }) {
  const { t } = useTranslation(["cases", "requests"]);
  return (
    <div className="choice-cards" role="radiogroup" aria-label={t("requests:what")}>
      {CASE_KINDS.map((kind) => (
        <label key={kind} className="choice-card">
          <input
            type="radio"
            className="sr-only"
            name="kind"
            value={kind}
            checked={value === kind}
            onChange={() => {
              onChange?.(kind);
            }}
          />
          <strong>{t(`kind.${kind}`)}</strong>
          <span>{t(`requests:kind_help.${kind}`)}</span>
        </label>
      ))}
    </div>
  );
}
