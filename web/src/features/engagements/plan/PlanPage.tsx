import { Segmented } from "antd";
import { useRef, type Ref } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Engagement } from "@/api/types";
import { Facts, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { SavePicture } from "@/components/SavePicture";
import { RowSkeletons } from "@/components/Skeletons";
import { Day, Nothing } from "@/components/When";
import { withFilter } from "@/lib/filters";
import { PHONE, useMedia } from "@/lib/useWidth";
import { useShownEngagement } from "../engagement/EngagementFrame";
import { useKeyNodes, usePhases, useTasks } from "./api";
import { Confirmation } from "./Confirmation";
import { Gantt } from "./Gantt";
import { KeyNodes } from "./KeyNodes";
import { NextPhase } from "./NextPhase";
import { PlanCards } from "./PlanCards";
import { PlanTable } from "./PlanTable";
import { TaskDrawer } from "./TaskDrawer";

/** Where the engagement stands and what comes next. */
export function PlanPage() {
  const { t } = useTranslation("plan");
  const item = useShownEngagement();
  const phone = useMedia(PHONE);
  const [params, setParams] = useSearchParams();
  const taskId = params.get("task");
  const [phases, tasks, nodes] = [usePhases(item.id), useTasks(item.id), useKeyNodes(item.id)];
  const failed = [phases, tasks, nodes].find((query) => query.isError);
  const rows = params.get("as") === "table";
  const [legend, chart] = [useRef<HTMLSpanElement>(null), useRef<HTMLDivElement>(null)];
  const show = (id: string | null) => {
    setParams((now) => withFilter(now, "task", id), { replace: true });
  };
  const open = (task: { id: string }) => {
    show(task.id);
  };
  if (failed) return <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />;
  if (!phases.data || !tasks.data || !nodes.data) return <RowSkeletons rows={8} />;
  return (
    <>
      <Stopped item={item} />
      <Confirmation item={item} />
      <NextPhase item={item} phases={phases.data} tasks={tasks.data} />
      {!phone && (
        <div className="part-bar">
          <Segmented
            aria-label={t("shape")}
            value={rows ? "table" : "chart"}
            options={[
              { value: "chart", label: t("chart") },
              { value: "table", label: t("table") },
            ]}
            onChange={(value) => {
              setParams((now) => withFilter(now, "as", value === "table" ? "table" : null), { replace: true });
            }}
          />
          <Legend ref={legend} />
          {!rows && <SavePicture parts={[legend, chart]} what={t("picture")} of={`${item.number} ${item.title}`} />}
        </div>
      )}
      {phone ? (
        <PlanCards phases={phases.data} tasks={tasks.data} onOpen={open} />
      ) : rows ? (
        <PlanTable phases={phases.data} tasks={tasks.data} onOpen={open} />
      ) : (
        <div ref={chart}>
          <Gantt phases={phases.data} tasks={tasks.data} nodes={nodes.data} onOpen={open} />
        </div>
      )}
      <div className="plan-below">
        <KeyNodes item={item} nodes={nodes.data} />
        <About item={item} />
      </div>
      {taskId && (
        <TaskDrawer
          engagement={item}
          id={taskId}
          onClose={() => {
            show(null);
          }}
        />
      )}
    </>
  );
}

function Legend({ ref }: { ref: Ref<HTMLSpanElement> }) {
  const { t } = useTranslation("plan");
  return (
    <span ref={ref} className="legend" aria-hidden="true">
      <span>
        <i className="key key-done" />
        {t("task_status.done")}
      </span>
      <span>
        <i className="key key-active" />
        {t("task_status.active")}
      </span>
      <span>
        <i className="key key-planned" />
        {t("task_status.planned")}
      </span>
      <span>
        <i className="key key-critical" />
        {t("critical")}
      </span>
    </span>
  );
}

function Stopped({ item }: { item: Engagement }) {
  const { t } = useTranslation("engagements");
  if (!item.status_reason || (item.status !== "on_hold" && item.status !== "cancelled")) return null;
  return (
    <section className="banner banner-warn">
      <p>
        <strong>{t(item.status === "on_hold" ? "on_hold_because" : "cancelled_because")}</strong> {item.status_reason}
      </p>
    </section>
  );
}

function About({ item }: { item: Engagement }) {
  const { t } = useTranslation("engagements");
  return (
    <div>
      {item.objectives && (
        <Section title={t("objectives")}>
          <p className="pre about">{item.objectives}</p>
        </Section>
      )}
      <Section title={t("facts")}>
        <Facts
          items={[
            [t("role.consulting_pm"), item.consulting_pm?.name ?? <Nothing key="f" />],
            [t("role.client_pm"), item.client_pm?.name ?? <Nothing key="c" />],
            [t("starts_on"), <Day key="s" on={item.starts_on} />],
            [t("domains"), item.domains?.length ? item.domains.join(" · ") : <Nothing key="d" />],
          ]}
        />
      </Section>
    </div>
  );
}
