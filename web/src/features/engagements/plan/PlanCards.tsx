import { useTranslation } from "react-i18next";
import type { Phase, Task } from "@/api/types";
import { DueDay } from "@/components/DueDay";
import { Day } from "@/components/When";
import { sayText } from "@/lib/said";
import { PhaseMark, Progress, TaskMark } from "./marks";

/** On a phone the plan is a list: the phase at work first, each task with who and when. */
export function PlanCards({
  phases,
  tasks,
  onOpen,
}: {
  phases: readonly Phase[];
  tasks: readonly Task[];
  onOpen: (task: Task) => void;
}) {
  const { t, i18n } = useTranslation("engagements");
  const open = phases.find((phase) => phase.status === "active") ?? phases.find((phase) => phase.status === "planned");
  return phases.map((phase) => {
    const own = tasks.filter((task) => task.phase_id === phase.id);
    return (
      <details key={phase.id} className="fold" open={phase === open}>
        <summary>
          <strong>{sayText(phase.title, i18n.language)}</strong>
          <span className="meta">
            <PhaseMark status={phase.status} />
            <span>
              <Day on={phase.starts_on} /> – <Day on={phase.ends_on} />
            </span>
            <Progress done={own.filter((task) => task.status === "done").length} of={own.length} />
          </span>
        </summary>
        <ul className="lines">
          {own.map((task) => (
            <li key={task.id}>
              <button
                type="button"
                className="link"
                onClick={() => {
                  onOpen(task);
                }}
              >
                {sayText(task.title, i18n.language)}
              </button>
              {task.status !== "done" && <DueDay on={task.ends_on} quiet={phase.status !== "active"} />}
              <span className="meta body">
                <TaskMark status={task.status} />
                <span>{task.assignee?.name ?? t(`role.${task.role}`)}</span>
              </span>
            </li>
          ))}
        </ul>
      </details>
    );
  });
}
