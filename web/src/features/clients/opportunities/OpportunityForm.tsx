import { Form, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import type { Opportunity, Ref } from "@/api/types";
import { DayPicker } from "@/components/form/InstantPicker";
import { MoneyInput } from "@/components/form/MoneyInput";
import { ColleagueSelect } from "@/components/form/RecordSelect";

const FIELDS = ["title", "amount", "probability", "close_on", "competitor", "owner_id", "notes"] as const;
export type OpportunityValues = Pick<Opportunity, (typeof FIELDS)[number]>;

export function valuesOf(item: Opportunity): OpportunityValues {
  return Object.fromEntries(FIELDS.map((field) => [field, item[field] ?? null])) as unknown as OpportunityValues;
}

/** An emptied box means "not known", never an empty text. */
export function cleaned<V extends object>(values: V): V {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      typeof value === "string" ? value.trim() || null : (value ?? null),
    ]),
  ) as V;
}

export function useOpportunityLabels(): Record<keyof OpportunityValues, string> {
  const { t } = useTranslation("opportunities");
  return {
    title: t("title_label"), amount: t("amount"), probability: t("probability"), close_on: t("close_on"),
    competitor: t("competitor"), owner_id: t("owner"), notes: t("notes"),
  };
}

export function OpportunityFields({ owner }: { owner?: Ref | null }) {
  const { t } = useTranslation(["opportunities", "forms"]);
  const labels = useOpportunityLabels();
  return (
    <>
      <Form.Item
        name="title"
        label={labels.title}
        extra={t("title_help")}
        className="span"
        rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="amount" label={labels.amount}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="probability" label={labels.probability} extra={t("probability_help")}>
        <InputNumber min={0} max={100} precision={0} suffix="%" className="wide" controls={false} />
      </Form.Item>
      <Form.Item name="close_on" label={labels.close_on} extra={t("close_help")}>
        <DayPicker />
      </Form.Item>
      <Form.Item name="owner_id" label={labels.owner_id}>
        <ColleagueSelect known={owner} />
      </Form.Item>
      <Form.Item name="competitor" label={labels.competitor}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="notes" label={labels.notes} className="span">
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={8000} />
      </Form.Item>
    </>
  );
}
