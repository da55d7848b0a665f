import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "@/api/types";
import { Day, Nothing, When } from "@/components/When";

const INSTANT = /^\d{4}-\d\d-\d\dT/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Where the words for the codes of a kind of record stand: of its stage, its status, its priority. */
const WORDS: Record<string, string> = {
  case: "cases",
  client: "clients",
  engagement: "engagements",
  interaction: "interactions",
  member: "engagements",
  opportunity: "opportunities",
  user: "users",
};

/** What the act changed, field by field in words; all of it as it was recorded stands folded beneath. */
export function Values({ entry }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation("audit");
  const sides = [entry.before ?? {}, entry.after ?? {}] as const;
  const fields = [...new Set(sides.flatMap((side) => Object.keys(side)))].filter((name) =>
    i18n.exists(`audit:field.${name}`),
  );
  const say = (name: string, value: unknown) => {
    const key = `${WORDS[entry.subject_kind] ?? ""}:${name}.${String(value)}`;
    return i18n.exists(key) ? t(key as never) : said(value);
  };
  if (sides.every((side) => Object.keys(side).length === 0)) return null;
  return (
    <>
      {fields.length > 0 && (
        <table className="plain-table audit-fields">
          <thead>
            <tr>
              <th scope="col">{t("field_name")}</th>
              <th scope="col">{t("before")}</th>
              <th scope="col">{t("after")}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((name) => (
              <tr key={name}>
                <th scope="row">{t(`field.${name}` as never)}</th>
                <td>{say(name, sides[0][name])}</td>
                <td>{say(name, sides[1][name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <details>
        <summary className="soft small">{t("as_recorded")}</summary>
        {(["before", "after"] as const).map(
          (side) =>
            entry[side] && (
              <section key={side}>
                <h3>{t(side)}</h3>
                <pre className="audit-value">
                  <code>{JSON.stringify(entry[side], null, 2)}</code>
                </pre>
              </section>
            ),
        )}
      </details>
    </>
  );
}

function said(value: unknown): ReactNode {
  if (typeof value === "string" && INSTANT.test(value)) return <When at={value} />;
  if (typeof value === "string" && DAY.test(value)) return <Day on={value} />;
  if (Array.isArray(value) && value.length > 0) return value.map(String).join(" · ");
  if (typeof value === "boolean") return value ? "✓" : <Nothing />;
  if (typeof value === "number" || (typeof value === "string" && value)) return value;
  return <Nothing />;
}
