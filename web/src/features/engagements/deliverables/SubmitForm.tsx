import { App, Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Deliverable, DeliverableVersion, Verdict } from "@/api/types";
import { DraftForm } from "@/components/form/DraftForm";
import { Section } from "@/components/Page";
import { dropDraft } from "@/lib/drafts";
import { useTouch } from "@/lib/useTouch";
import { DELIVERABLE_KEYS, submitVersion } from "./api";

interface Values {
  text: string;
  reference: string;
}

/** Whoever writes goes on with the own words, whatever number the version has in the end. */
export const draftOf = (item: Pick<Deliverable, "id">) => `deliverable.${item.id}.version`;

/** A version is its text, or a reference to where it lies: one of them is needed. */
const contentRule = (reference: string | null, message: string) => ({
  required: !reference?.trim(),
  whitespace: !reference?.trim(),
  message,
});

/** A core member writes the next version; what was sent back, and why, stands above. */
export function SubmitForm({
  item,
  before,
  sentBack,
}: {
  item: Deliverable;
  before?: DeliverableVersion;
  sentBack?: Verdict;
}) {
  const { t } = useTranslation(["deliverables", "forms"]);
  const { message } = App.useApp();
  const touch = useTouch();
  const submit = async ({ text, reference }: Values) => {
    await submitVersion(item.id, { text: text.trim() || null, reference: reference.trim() || null });
    dropDraft(draftOf(item));
    void message.success(t("submitted"));
    await touch(DELIVERABLE_KEYS);
  };
  return (
    <Section title={t("write", { number: item.version_number + 1 })}>
      {sentBack && (
        <section className="banner banner-bad">
          <p>
            <strong>{t("sent_back", { name: sentBack.by.name })}</strong>
          </p>
          <p className="pre">{sentBack.reason}</p>
        </section>
      )}
      <DraftForm<Values>
        draft={draftOf(item)}
        initial={{ text: before?.text ?? "", reference: before?.reference ?? "" }}
        submit={submit}
        submitLabel={t("submit")}
      >
        {() => (
          <>
            <Form.Item
              name="text"
              label={t("text")}
              extra={t("text_help")}
              dependencies={["reference"]}
              rules={[({ getFieldValue }) => contentRule(getFieldValue("reference") as string, t("forms:required"))]}
            >
              <Input.TextArea autoSize={{ minRows: 6, maxRows: 24 }} maxLength={20_000} />
            </Form.Item>
            <Form.Item name="reference" label={t("reference")} extra={t("reference_help")}>
              <Input maxLength={200} />
            </Form.Item>
          </>
        )}
      </DraftForm>
    </Section>
  );
}
