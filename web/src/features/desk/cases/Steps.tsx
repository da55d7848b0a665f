import {
  CheckCircle2,
  Circle,
  Clock3,
  Lightbulb,
  Lock,
  MessageSquare,
  RotateCcw,
  UserRound,
  type LucideIcon,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Case } from "@/api/types";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { When } from "@/components/When";
import { sayText } from "@/lib/said";
import { useSteps } from "../api";

const ICONS: readonly (readonly [RegExp, LucideIcon])[] = [
  [/^promise/, Clock3],
  [/^solution/, Lightbulb],
  [/^(assigned|unassigned|about)/, UserRound],
  [/^(replied|restated|need)/, MessageSquare],
  [/^(resolved|closed|acknowledged)/, CheckCircle2],
  [/^reopened/, RotateCcw],
];

/** The history of a case as its reader may know it, newest first. */
export function Steps({ item }: { item: Pick<Case, "id" | "channel"> }) {
  const { t, i18n } = useTranslation("cases");
  const steps = useSteps(item.id);
  if (steps.isPending) return <RowSkeletons rows={3} />;
  if (steps.isError) return <ProblemNotice error={steps.error} onRetry={() => void steps.refetch()} compact />;
  return (
    <ol className="timeline">
      {steps.data.map((step) => {
        const Icon = step.firm_only ? Lock : ICONS.find(([pattern]) => pattern.test(step.kind))?.[1] ?? Circle;
        return (
          <li key={step.id}>
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
            <div>
              <p>
                {step.kind === "opened" && item.channel === "survey"
                  ? t("opened_by_survey")
                  : sayText(step.text, i18n.language)}
              </p>
              <p className="meta">
                <When at={step.at} />
                {step.firm_only && <span>{t("firm_only")}</span>}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
