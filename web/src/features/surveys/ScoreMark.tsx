import { AlertTriangle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SurveyKind } from "@/api/types";
import { Mark } from "@/components/marks";

/** What one person gave: a low score stands out by shape and colour. */
export function ScoreMark({ kind, score, low }: { kind: SurveyKind; score: number; low: boolean }) {
  const { t } = useTranslation("surveys");
  const said = t(kind === "nps" ? "of_ten" : "of_five", { score });
  return low ? <Mark icon={AlertTriangle} tone="bad">{said}</Mark> : <span className="num">{said}</span>;
}
