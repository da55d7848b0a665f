import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Deliverable } from "@/api/types";

const STEPS = ["draft", "commenting", "checking", "deciding", "rolling_out", "done"] as const;

/** The way of a deliverable: what is behind it, where it stands, what is ahead. */
export function Chain({ item }: { item: Pick<Deliverable, "status"> }) {
  const { t } = useTranslation("deliverables");
  const at = STEPS.indexOf(item.status === "accepted" ? "rolling_out" : item.status);
  return (
    <ol className="chain" aria-label={t("chain")}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          className={index < at || item.status === "done" ? "chain-past" : index === at ? "chain-now" : undefined}
          aria-current={index === at ? "step" : undefined}
        >
          {index < at || item.status === "done" ? (
            <Check size={12} aria-hidden="true" />
          ) : (
            <span aria-hidden="true">{index + 1}</span>
          )}
          {t(`step.${step}`)}
        </li>
      ))}
    </ol>
  );
}
