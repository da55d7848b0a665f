import { CheckCircle2, Circle, CircleDot, CircleSlash } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { OpportunityStage } from "@/api/types";
import { Mark } from "@/components/marks";

export const OPEN_STAGES: readonly OpportunityStage[] = [
  "lead",
  "site_survey",
  "value_proposition",
  "decision_maker_confirmed",
  "qualified",
  "needs_analysis",
  "perception_analysis",
  "proposal",
  "negotiation",
];
export const ALL_STAGES: readonly OpportunityStage[] = [...OPEN_STAGES, "won", "lost"];

export const isOpen = (stage: OpportunityStage) => OPEN_STAGES.includes(stage);

/** Late stages are a filled circle: close to a decision. */
const LATE = 5;

export function OpportunityMark({ stage }: { stage: OpportunityStage }) {
  const { t } = useTranslation("opportunities");
  const name = t(`stage.${stage}`);
  if (stage === "won") return <Mark icon={CheckCircle2} tone="good">{name}</Mark>;
  if (stage === "lost") return <Mark icon={CircleSlash} tone="quiet">{name}</Mark>;
  return <Mark icon={OPEN_STAGES.indexOf(stage) >= LATE ? CircleDot : Circle} tone="plain">{name}</Mark>;
}
