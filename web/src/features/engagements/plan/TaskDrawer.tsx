import { App, Button, Drawer, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement, Task, TeamPerson } from "@/api/types";
import { useMe } from "@/auth/me";
import { Facts } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { Day } from "@/components/When";
import { sayText } from "@/lib/said";
import { ENGAGEMENT_KEYS, useTeam } from "../api";
import { assignTask, changeTask, moveTask, useTask } from "./api";
import { TaskMark } from "./marks";

const ROLE = "role";

/** A task beside the plan: who does it, begun and finished with one click. */
export function TaskDrawer({ engagement, id, onClose }: { engagement: Engagement; id: string; onClose: () => void }) {
  const { i18n } = useTranslation("plan");
  const task = useTask(id);
  return (
    <Drawer
      open
      size={400}
      placement="right"
      onClose={onClose}
      title={task.data ? sayText(task.data.title, i18n.language) : ""}
    >
      {task.isPending ? (
        <RowSkeletons rows={4} />
      ) : task.isError ? (
        <ProblemNotice error={task.error} onRetry={() => void task.refetch()} compact />
      ) : (
        <Shown engagement={engagement} task={task.data} />
      )}
    </Drawer>
  );
}

function Shown({ engagement, task }: { engagement: Engagement; task: Task }) {
  const { t } = useTranslation(["plan", "engagements"]);
  const may = (act: string) => task.can?.includes(act) ?? false;
  const move = useAct((act: "start" | "finish") => moveTask(task.id, act), {
    touches: ENGAGEMENT_KEYS,
    done: t("done"),
  });
  return (
    <div className="drawer-body">
      <Facts
        items={[
          [t("state"), <TaskMark key="s" status={task.status} />],
          [t("role"), t(`engagements:role.${task.role}`)],
          [
            t("who"),
            may("assign") ? (
              <Assignee key="a" engagement={engagement} task={task} />
            ) : (
              (task.assignee?.name ?? t("with_role"))
            ),
          ],
          [t("from"), <Day key="f" on={task.starts_on} />],
          [t("until"), <Day key="u" on={task.ends_on} />],
          [
            t("days"),
            may("edit") ? (
              <Days key={`d${task.version}`} task={task} />
            ) : (
              <span key="d" className="num">
                {task.days}
              </span>
            ),
          ],
          ...(task.status === "done"
            ? []
            : [
                [t("float"), task.critical ? t("critical_long") : t("float_days", { count: task.float_days })] as const,
              ]),
        ]}
      />
      {(may("start") || may("finish")) && (
        <div className="banner-acts">
          {may("start") && (
            <Button
              type="primary"
              loading={move.isPending && move.variables === "start"}
              onClick={() => {
                move.mutate("start");
              }}
            >
              {t("start_task")}
            </Button>
          )}
          {may("finish") && (
            <Button
              type="primary"
              loading={move.isPending && move.variables === "finish"}
              onClick={() => {
                move.mutate("finish");
              }}
            >
              {t("finish_task")}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** To whom the reader gives tasks: whoever is a core member and no manager, to the own peripheral members. */
function givenBy(reader: string | undefined, engagement: Engagement, team: readonly TeamPerson[]) {
  const roles = engagement.my_roles;
  if (!roles.includes("core") || roles.includes("client_pm")) return team;
  const places = team.filter((person) => person.user_id === reader).map((person) => person.id);
  return team.filter((person) => person.answers_to !== null && places.includes(person.answers_to));
}

function Assignee({ engagement, task }: { engagement: Engagement; task: Task }) {
  const { t } = useTranslation("plan");
  const team = useTeam(engagement.id);
  const assign = useAct((userId: string | null) => assignTask(task.id, userId), {
    touches: ENGAGEMENT_KEYS,
    done: t("assigned"),
  });
  const everybody = [...(team.data?.client ?? []), ...(team.data?.firm ?? [])];
  const people = givenBy(useMe()?.user.id, engagement, everybody).filter((person) => person.role === task.role);
  return (
    <Select
      aria-label={t("who")}
      className="inline-select wide"
      value={task.assignee_id ?? ROLE}
      loading={assign.isPending || team.isPending}
      options={[
        { value: ROLE, label: t("with_role") },
        ...people.map((person) => ({ value: person.user_id, label: person.name })),
      ]}
      onChange={(value: string) => {
        assign.mutate(value === ROLE ? null : value);
      }}
    />
  );
}

/** A new duration moves what depends on it, and both project managers confirm the plan anew. */
function Days({ task }: { task: Task }) {
  const { t } = useTranslation("plan");
  const { modal } = App.useApp();
  const [days, setDays] = useState(task.days);
  const change = useAct(() => changeTask(task, days), { touches: ENGAGEMENT_KEYS, done: t("replanned") });
  const ask = () =>
    modal.confirm({
      title: t("replan_title"),
      content: t("replan_text"),
      okText: t("replan"),
      onOk: () => change.mutateAsync(),
    });
  return (
    <span className="pair">
      <InputNumber
        size="small"
        min={1}
        max={400}
        precision={0}
        aria-label={t("days")}
        value={days}
        onChange={(value) => {
          setDays(value ?? task.days);
        }}
      />
      {days !== task.days && (
        <Button size="small" onClick={() => void ask()}>
          {t("replan")}
        </Button>
      )}
    </span>
  );
}
