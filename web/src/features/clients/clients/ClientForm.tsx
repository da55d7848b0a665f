import { Form, Input, InputNumber, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Client, Ref } from "@/api/types";
import { DayPicker } from "@/components/form/InstantPicker";
import { MoneyInput } from "@/components/form/MoneyInput";
import { ColleagueSelect } from "@/components/form/RecordSelect";

export const FIELDS = [
  "legal_name",
  "short_name",
  "aliases",
  "credit_code",
  "industry",
  "province",
  "city",
  "main_products",
  "employees",
  "revenue",
  "website",
  "phone",
  "email_domain",
  "source",
  "owner_id",
  "tags",
  "strength",
  "likelihood",
  "first_contact_on",
  "notes",
] as const;
export type ClientField = (typeof FIELDS)[number];
export type ClientValues = Pick<Client, ClientField>;

export const NO_CLIENT: ClientValues = {
  legal_name: "",
  short_name: null,
  aliases: [],
  credit_code: null,
  industry: null,
  province: null,
  city: null,
  main_products: [],
  employees: null,
  revenue: null,
  website: null,
  phone: null,
  email_domain: null,
  source: null,
  owner_id: null,
  tags: [],
  strength: null,
  likelihood: null,
  first_contact_on: null,
  notes: null,
};

export function valuesOf(client: Client): ClientValues {
  return Object.fromEntries(FIELDS.map((field) => [field, client[field] ?? null])) as unknown as ClientValues;
}

/** An emptied box means "not known", never an empty text. */
export function cleaned(values: ClientValues): ClientValues {
  return Object.fromEntries(Object.entries({ ...NO_CLIENT, ...values }).map(([field, value]) => {
    if (typeof value === "string") return [field, value.trim() || null];
    return [field, value ?? null];
  })) as unknown as ClientValues;
}

export function useClientLabels(): Record<ClientField, string> {
  const { t } = useTranslation("clients");
  return Object.fromEntries(FIELDS.map((field) => [field, t(field === "owner_id" ? "owner" : field)])) as Record<
    ClientField,
    string
  >;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="form-part" aria-label={title}>
      <h2>{title}</h2>
      <div className="form-grid">{children}</div>
    </section>
  );
}

export function ClientFields({ owner }: { owner?: Ref | null }) {
  const { t } = useTranslation(["clients", "forms"]);
  const labels = useClientLabels();
  const item = (name: ClientField, control: ReactNode, more: object = {}) => (
    <Form.Item name={name} label={labels[name]} {...more}>
      {control}
    </Form.Item>
  );
  const many = <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[";", "；", "、", ","]} />;
  const scale = <InputNumber min={1} max={9} className="wide" />;
  return (
    <>
      <Part title={t("part_identity")}>
        {item("legal_name", <Input maxLength={200} autoFocus />, {
          className: "span",
          extra: t("legal_name_help"),
          rules: [{ required: true, whitespace: true, message: t("forms:required") }],
        })}
        {item("short_name", <Input maxLength={80} />)}
        {item("credit_code", <Input maxLength={18} spellCheck={false} />, { extra: t("credit_code_help") })}
        {item("province", <Input maxLength={80} />)}
        {item("city", <Input maxLength={80} />)}
        {item("phone", <Input inputMode="tel" maxLength={40} />)}
        {item("website", <Input inputMode="url" maxLength={200} />)}
        {item("email_domain", <Input maxLength={120} spellCheck={false} />)}
        {item("aliases", many)}
      </Part>
      <Part title={t("part_business")}>
        {item("industry", <Input maxLength={80} />)}
        {item("main_products", many)}
        {item("employees", <InputNumber min={0} precision={0} className="wide" controls={false} />)}
        {item("revenue", <MoneyInput />)}
      </Part>
      <Part title={t("part_relation")}>
        {item("owner_id", <ColleagueSelect known={owner} />)}
        {item("source", <Input maxLength={120} />)}
        {item("strength", scale)}
        {item("likelihood", scale)}
        {item("first_contact_on", <DayPicker />)}
        {item("tags", many)}
        {item("notes", <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={8000} />, {
          className: "span",
        })}
      </Part>
    </>
  );
}
