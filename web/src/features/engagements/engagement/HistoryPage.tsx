import { Dot } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { When } from "@/components/When";
import { sayText } from "@/lib/said";
import { useHistory } from "../api";
import { useShownEngagement } from "./EngagementFrame";

/** Everything that happened with the engagement, newest first. */
export function HistoryPage() {
  const { t, i18n } = useTranslation("engagements");
  const item = useShownEngagement();
  const steps = useHistory(item.id, true);
  if (steps.isPending) return <RowSkeletons rows={6} />;
  if (steps.isError) return <ProblemNotice error={steps.error} onRetry={() => void steps.refetch()} />;
  return (
    <ul className="timeline" aria-label={t("part.history")}>
      {steps.data.map((step) => {
        const said = sayText(step.text, i18n.language);
        return (
        <li key={step.id}>
          <Dot size={16} aria-hidden="true" />
          <div>
            <p>{said}</p>
            <p className="meta">
              <When at={step.at} />
              {!said.includes(step.actor_name) && <span>{step.actor_name}</span>}
            </p>
          </div>
        </li>
        );
      })}
    </ul>
  );
}
