import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { InstantPicker, DayPicker } from "@/components/form/InstantPicker";
import { Scale } from "@/components/form/Scale";
import type { Contact } from "@/api/types";
import { ClientChannels } from "@/features/engagements/stakeholders/ClientChannels";
import { KINDS } from "./KindIcon";

export interface InteractionValues {
  kind: string; occurred_at: string; contact_ids: string[]; summary: string;
  intent: number | null; next_step: string | null; next_step_on: string | null;
}

export function InteractionFields({ clientId, contacts }: { clientId: string; contacts: readonly Contact[] }) {
  const { t } = useTranslation(["interactions", "forms"]);
  const chosen = Form.useWatch<string[] | undefined>("contact_ids", Form.useFormInstance()) ?? [];
  const needed = [{ required: true, message: t("forms:required") }];
  return (
    <div className="form-grid">
      <Form.Item name="kind" label={t("kind_label")} rules={needed}>
        <Select options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="occurred_at" label={t("when")} rules={needed}>
        <InstantPicker past />
      </Form.Item>
      <Form.Item name="contact_ids" label={t("with")} className="span" extra={t("with_help")}>
        <Select mode="multiple" optionFilterProp="label" options={contacts.map((person) => ({
          value: person.id, label: person.title ? `${person.name} · ${person.title}` : person.name,
        }))} />
      </Form.Item>
      <div className="span">
        <ClientChannels clientId={clientId} people={contacts.filter((person) => chosen.includes(person.id))} />
      </div>
      <Form.Item name="summary" label={t("summary")} className="span" extra={t("summary_help")} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 5, maxRows: 18 }} maxLength={10_000} />
      </Form.Item>
      <Form.Item name="intent" label={t("intent")} className="span" extra={t("intent_help")}>
        <Scale from={0} to={5} low={t("intent_none")} high={t("intent_strong")} />
      </Form.Item>
      <Form.Item name="next_step" label={t("next_step")}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="next_step_on" label={t("next_step_on")}>
        <DayPicker />
      </Form.Item>
    </div>
  );
}
