import { CheckCircle2, Circle, CircleDot } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Phase, Task } from "@/api/types";
import { Mark } from "@/components/marks";

export function PhaseMark({ status }: { status: Phase["status"] }) {
  const { t } = useTranslation("plan");
  const name = t(`phase_status.${status}`);
  if (status === "ended")
    return (
      <Mark icon={CheckCircle2} tone="good">
        {name}
      </Mark>
    );
  return status === "active" ? (
    <Mark icon={CircleDot} tone="plain">
      {name}
    </Mark>
  ) : (
    <Mark icon={Circle} tone="quiet">
      {name}
    </Mark>
  );
}

export function TaskMark({ status }: { status: Task["status"] }) {
  const { t } = useTranslation("plan");
  const name = t(`task_status.${status}`);
  if (status === "done")
    return (
      <Mark icon={CheckCircle2} tone="good">
        {name}
      </Mark>
    );
  return status === "active" ? (
    <Mark icon={CircleDot} tone="plain">
      {name}
    </Mark>
  ) : (
    <Mark icon={Circle} tone="quiet">
      {name}
    </Mark>
  );
}

/** How far a phase is, as a bar and as a number. */
export function Progress({ done, of }: { done: number; of: number }) {
  const { t } = useTranslation("plan");
  return (
    <span className="progress" title={t("progress", { done, of })}>
      <span className="progress-bar" aria-hidden="true">
        <span style={{ width: `${of ? (done / of) * 100 : 0}%` }} />
      </span>
      <span className="num soft small" aria-label={t("progress", { done, of })}>
        {done}/{of}
      </span>
    </span>
  );
}
