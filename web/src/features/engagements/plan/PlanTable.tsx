import { useTranslation } from "react-i18next";
import type { Phase, Task } from "@/api/types";
import { Day, Nothing } from "@/components/When";
import { sayText } from "@/lib/said";
import { PhaseMark, Progress, TaskMark } from "./marks";

/** The table behind the chart: every task with its dates, who does it and what it waits for. */
export function PlanTable({
  phases,
  tasks,
  onOpen,
}: {
  phases: readonly Phase[];
  tasks: readonly Task[];
  onOpen: (task: Task) => void;
}) {
  const { t, i18n } = useTranslation(["plan", "engagements"]);
  const say = (title: Task["title"]) => sayText(title, i18n.language);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="plain-table plan-table">
        <thead>
          <tr>
            {(["task", "state", "who", "from", "until", "days", "float", "after"] as const).map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        {phases.map((phase) => {
          const own = tasks.filter((task) => task.phase_id === phase.id);
          return (
            <tbody key={phase.id}>
              <tr className="plan-phase">
                <th scope="rowgroup">{say(phase.title)}</th>
                <td>
                  <PhaseMark status={phase.status} />
                </td>
                <td>
                  <Progress done={own.filter((task) => task.status === "done").length} of={own.length} />
                </td>
                <td>
                  <Day on={phase.starts_on} />
                </td>
                <td>
                  <Day on={phase.ends_on} />
                </td>
                <td colSpan={3} />
              </tr>
              {own.map((task) => (
                <tr key={task.id}>
                  <th scope="row">
                    <button
                      type="button"
                      className="link"
                      onClick={() => {
                        onOpen(task);
                      }}
                    >
                      {say(task.title)}
                    </button>
                  </th>
                  <td>
                    <TaskMark status={task.status} />
                  </td>
                  <td>{task.assignee?.name ?? <span className="soft">{t(`engagements:role.${task.role}`)}</span>}</td>
                  <td>
                    <Day on={task.starts_on} />
                  </td>
                  <td>
                    <Day on={task.ends_on} />
                  </td>
                  <td className="num">{task.days}</td>
                  <td className="num">
                    {task.status === "done" ? <Nothing /> : task.critical ? t("critical") : task.float_days}
                  </td>
                  <td className="small soft">
                    {task.links
                      .map((link) => byId.get(link.task_id))
                      .filter((before) => before !== undefined)
                      .map((before) => say(before.title))
                      .join("; ") || <Nothing />}
                  </td>
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}
