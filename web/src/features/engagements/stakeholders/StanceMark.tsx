import { CircleHelp, Frown, Meh, Rocket, Smile, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Stance } from "@/api/types";
import { Mark, type Tone } from "@/components/marks";

const STANCES: Record<Stance, [LucideIcon, Tone]> = {
  unaware: [CircleHelp, "quiet"],
  resistant: [Frown, "bad"],
  neutral: [Meh, "plain"],
  supportive: [Smile, "good"],
  leading: [Rocket, "good"],
};
export const STANCE_ORDER = Object.keys(STANCES) as Stance[];

export function StanceMark({ stance }: { stance: Stance }) {
  const { t } = useTranslation("stakeholders");
  const [icon, tone] = STANCES[stance];
  return (
    <Mark icon={icon} tone={tone}>
      {t(`stance.${stance}`)}
    </Mark>
  );
}

export function StanceIcon({ stance }: { stance: Stance }) {
  const [Icon, tone] = STANCES[stance];
  return (
    <span className={`mark mark-${tone}`}>
      <Icon size={14} aria-hidden="true" />
    </span>
  );
}
