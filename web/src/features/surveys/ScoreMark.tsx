import { AlertTriangle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SurveyKind } from "@/api/types";
import { Mark } from "@/components/marks";

/** What one person gave. */
export function ScoreMark({ kind, score, low }: { kind: SurveyKind; score: number; low: boolean }) {
  const { t } = useTranslation("surveys");
  return <Scored low={low}>{t(kind === "nps" ? "of_ten" : "of_five", { score })}</Scored>;
}

/** A score in words: a low one stands out by shape and colour. */
export function Scored({ low, children }: { low: boolean; children: string }) {
  return low ? <Mark icon={AlertTriangle} tone="bad">{children}</Mark> : <span className="num">{children}</span>;
}
