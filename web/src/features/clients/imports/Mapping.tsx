import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { useClearing } from "@/components/form/useClearing";
import { useAct } from "@/components/useAct";
import { isCode, mapImport } from "./api";

export const FIELDS = [
  "legal_name",
  "short_name",
  "number",
  "aliases",
  "credit_code",
  "province",
  "city",
  "industry",
  "main_products",
  "employees",
  "revenue",
  "website",
  "phone",
  "email_domain",
  "source",
  "stage",
  "owner",
  "tags",
  "strength",
  "likelihood",
  "contract_total",
  "first_contact_on",
  "notes",
  "contact_name",
  "contact_title",
  "contact_department",
  "contact_mobile",
  "contact_phone",
  "contact_email",
  "contact_wechat",
] as const;
type FieldName = (typeof FIELDS)[number];
const isKnown = (name: string): name is FieldName => (FIELDS as readonly string[]).includes(name);

/** Which column of the sheet is which field; a column without a field is left out. */
export function Mapping({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const clearing = useClearing();
  const [fields, setFields] = useState<Record<string, string | null>>(() =>
    Object.fromEntries(job.columns.map((column) => [column.heading, column.field])),
  );
  const save = useAct(() => mapImport(job.id, fields), { touches: ["imports"], done: t("mapping_saved") });
  const changed = job.columns.some((column) => (fields[column.heading] ?? null) !== column.field);
  const editable = job.status === "ready";
  const known = job.fields?.map((field) => field.name) ?? [
    ...FIELDS,
    ...job.columns.flatMap((column) => (column.field && !isKnown(column.field) ? [column.field] : [])),
  ];
  const say = (name: string) => (isKnown(name) ? t(`field.${name}`) : name);
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="plain-table mapping-table">
        <thead>
          <tr>
            <th scope="col">{t("heading")}</th>
            <th scope="col">{t("sample")}</th>
            <th scope="col">{t("becomes")}</th>
          </tr>
        </thead>
        <tbody>
          {job.columns.map((column) => (
            <tr key={column.heading}>
              <td data-record="">{column.heading}</td>
              <td className={`soft ${isCode(column.sample) ? "num" : ""}`} data-record="">{column.sample}</td>
              <td>
                {editable ? (
                  <Select
                    style={{ width: 200 }}
                    allowClear={clearing}
                    showSearch={{ optionFilterProp: "label" }}
                    value={fields[column.heading] ?? undefined}
                    placeholder={t("left_out")}
                    aria-label={t("field_for", { heading: column.heading })}
                    options={known.map((value) => ({ value, label: say(value) }))}
                    onChange={(value: string | undefined) => {
                      setFields({ ...fields, [column.heading]: value ?? null });
                    }}
                  />
                ) : column.field ? say(column.field) : <span className="soft">{t("left_out")}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {editable && (
        <div className="form-acts" style={{ paddingTop: 12 }}>
          <Button
            type={changed ? "primary" : "default"}
            loading={save.isPending}
            onClick={() => {
              save.mutate();
            }}
          >
            {t("check_again")}
          </Button>
          <span className="soft">{t("mapping_help")}</span>
        </div>
      )}
    </div>
  );
}
