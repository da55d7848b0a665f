import { useTranslation } from "react-i18next";
import type { Client, Grade, Money, Stage } from "@/api/types";
import { GradeMark } from "@/components/GradeMark";
import { MoneyText } from "@/components/MoneyText";
import { ProblemNotice } from "@/components/ProblemNotice";
import { LineSkeleton } from "@/components/Skeletons";
import { Day, Nothing } from "@/components/When";
import { MOVES, useMergePreview, type ComparedField, type MergeField, type MergePreview as Preview } from "./merging";

const LABELS = {
  legal_name: "legal_name", short_name: "short_name", credit_code: "credit_code_short", province: "province",
  city: "city", industry: "industry", employees: "employees", revenue: "revenue", website: "website", phone: "phone",
  email_domain: "email_domain", source: "source", stage: "stage_label", owner: "owner", strength: "strength_short",
  likelihood: "likelihood_short", contract_total: "contract_total", first_contact_on: "first_contact_on",
  grade: "rhythm:grade", notes: "notes", aliases: "aliases", main_products: "main_products", tags: "tags",
} as const satisfies Record<MergeField, string>;
const CHANGES: readonly string[] = ["taken", "dropped", "joined"];

/** Both records side by side where they differ, and what comes along. */
export function MergePreview({ client, sourceId }: { client: Client; sourceId: string }) {
  const preview = useMergePreview(client, sourceId);
  if (preview.isError) return <ProblemNotice error={preview.error} compact />;
  if (preview.isPending) return <LineSkeleton />;
  return <Sides preview={preview.data} />;
}

function Sides({ preview }: { preview: Preview }) {
  const { t } = useTranslation("clients");
  const fields = preview.fields.filter((field) => CHANGES.includes(field.fate) && field.name !== "legal_name");
  const along = MOVES.filter((kind) => preview.moves[kind])
    .map((kind) => t(`merge_moves.${kind}`, { count: preview.moves[kind] }))
    .join(t("merge_and"));
  return (
    <section aria-label={t("merge_preview")}>
      <p>{along ? t("merge_along", { what: along }) : t("merge_nothing_along")}</p>
      {fields.length > 0 && (
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">{t("merge_field")}</th>
              <th scope="col">{preview.kept.legal_name}</th>
              <th scope="col">{preview.source.legal_name}</th>
            </tr>
          </thead>
          <tbody>{fields.map((field) => <Row key={field.name} field={field} />)}</tbody>
        </table>
      )}
      <p className="soft">{t("merge_rest")}</p>
    </section>
  );
}

function Row({ field }: { field: ComparedField }) {
  const { t } = useTranslation(["clients", "rhythm"]);
  return (
    <tr>
      <th scope="row">
        {t(LABELS[field.name])}
        <div className="meta">{t(`merge_fate.${field.fate}`)}</div>
      </th>
      <td><Value field={field} value={field.kept} /></td>
      <td>
        {field.fate === "dropped"
          ? <del><Value field={field} value={field.source} /></del>
          : <Value field={field} value={field.source} />}
      </td>
    </tr>
  );
}

function Value({ field, value }: { field: ComparedField; value: unknown }) {
  const { t } = useTranslation("clients");
  if (value === null || (Array.isArray(value) && !value.length)) return <Nothing />;
  if (Array.isArray(value)) return value.join(" · ");
  if (field.name === "revenue" || field.name === "contract_total") return <MoneyText money={value as Money} />;
  if (field.name === "stage") return t(`stage.${value as Stage}`);
  if (field.name === "grade") return <GradeMark grade={value as Grade} />;
  if (field.name === "first_contact_on") return <Day on={value as string} />;
  return <span className="pre">{value as string}</span>;
}
