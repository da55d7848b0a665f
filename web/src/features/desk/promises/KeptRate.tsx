import { CheckCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useKeptRate } from "../api";

interface Whose { made_by?: string; client_id?: string }

/** How many of the promises that came due were kept, and how many of those are imported; nothing before the first. */
export function KeptRate({ whose, said }: { whose: Whose; said: "of_client" | "mine" }) {
  const { t, i18n } = useTranslation("promises");
  const { data } = useKeptRate(whose);
  if (!data || data.rate === null) return null;
  const rate = new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 }).format(data.rate);
  return (
    <p className="soft small kept-rate">
      <CheckCheck size={14} aria-hidden="true" />{" "}
      {t(`kept_rate.${said}`, { rate, kept: data.kept, due: data.kept + data.broken })}
      {data.imported > 0 && <> · {t("kept_rate.imported", { imported: data.imported })}</>}
    </p>
  );
}
