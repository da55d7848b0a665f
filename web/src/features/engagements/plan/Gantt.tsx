import { ChevronDown, ChevronRight, Diamond } from "lucide-react";
import { useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { KeyNode, Phase, Task } from "@/api/types";
import { useZone } from "@/auth/me";
import { sayText } from "@/lib/said";
import { sayMonth, todayIn } from "@/lib/time";
import { useNow } from "@/lib/useNow";
import { Progress } from "./marks";
import { beginningFor, monthsOf, placeOf, scaleOver, widthOf, type Scale } from "./scale";

const NARROWEST_DAY = 5;

interface Props {
  phases: readonly Phase[];
  tasks: readonly Task[];
  nodes: readonly KeyNode[];
  onOpen: (task: Task) => void;
}

/** The plan on a time scale: phases, their tasks, key nodes as diamonds, today as a line. */
export function Gantt({ phases, tasks, nodes, onOpen }: Props) {
  const { t, i18n } = useTranslation("plan");
  const today = todayIn(useZone(), useNow());
  const current =
    phases.find((phase) => phase.status === "active") ?? phases.find((phase) => phase.status === "planned");
  const [opened, setOpened] = useState<ReadonlySet<string>>(() => new Set(current ? [current.id] : []));
  const scale = useMemo(
    () =>
      scaleOver([...phases.flatMap((phase) => [phase.starts_on, phase.ends_on]), ...tasks.map((task) => task.ends_on)]),
    [phases, tasks],
  );
  const toggle = (id: string) => {
    setOpened((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  };
  const at = placeOf(today, scale);
  const shown = at >= 0 && at <= 100;
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (shown) bringIntoSight(scroller.current);
  }, [shown]);
  return (
    <div ref={scroller} className="gantt-scroll" role="region" aria-label={t("chart")} tabIndex={0}>
      <div
        className={shown ? "gantt gantt-with-today" : "gantt"}
        style={{ "--least": `${scale.days * NARROWEST_DAY}px`, "--week": `${700 / scale.days}%` } as CSSProperties}
      >
        <div className="gantt-row gantt-head">
          <span />
          <div className="gantt-time">
            {monthsOf(scale).map((month) => (
              <span key={month} style={{ left: `${placeOf(month, scale)}%` }}>
                {sayMonth(month, i18n.language)}
              </span>
            ))}
          </div>
        </div>
        {phases.map((phase) => (
          <PhaseRows
            key={phase.id}
            phase={phase}
            tasks={tasks.filter((task) => task.phase_id === phase.id)}
            nodes={nodes.filter((node) => node.phase_id === phase.id)}
            scale={scale}
            open={opened.has(phase.id)}
            onToggle={() => {
              toggle(phase.id);
            }}
            onOpen={onOpen}
          />
        ))}
        {shown && (
          <div className="gantt-over" aria-hidden="true">
            <span />
            <div>
              <i className="gantt-today" style={{ left: `${at}%` }} />
              <b className="gantt-today-name" style={{ left: `${at}%`, transform: `translateX(-${at}%)` }}>
                {t("today")}
              </b>
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

/** Scroll the chart sideways until today stands about in its middle, and a month at its edge. */
function bringIntoSight(scroller: HTMLElement | null) {
  const line = scroller?.querySelector<HTMLElement>(".gantt-today");
  const time = scroller?.querySelector<HTMLElement>(".gantt-head .gantt-time");
  if (!scroller || !line || !time) return;
  const names = [...time.querySelectorAll("span")].map((name) => name.offsetLeft);
  const most = scroller.scrollWidth - scroller.clientWidth;
  // The names of the phases stand still on the left: as much as goes before the days.
  scroller.scrollLeft = beginningFor(line.offsetLeft, time.clientWidth - most, most, names);
}

interface RowsProps {
  phase: Phase;
  tasks: readonly Task[];
  nodes: readonly KeyNode[];
  scale: Scale;
  open: boolean;
  onToggle: () => void;
  onOpen: (task: Task) => void;
}

function PhaseRows({ phase, tasks, nodes, scale, open, onToggle, onOpen }: RowsProps) {
  const { t, i18n } = useTranslation("plan");
  const done = tasks.filter((task) => task.status === "done").length;
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <>
      <div className="gantt-row gantt-phase">
        <button type="button" className="gantt-name" aria-expanded={open} onClick={onToggle}>
          <Arrow size={14} aria-hidden="true" />
          <strong>{sayText(phase.title, i18n.language)}</strong>
          <Progress done={done} of={tasks.length} />
        </button>
        <div className="gantt-time">
          <Bar scale={scale} from={phase.starts_on} to={phase.ends_on} className={`bar bar-phase bar-${phase.status}`}>
            <span style={{ width: `${tasks.length ? (done / tasks.length) * 100 : 0}%` }} />
          </Bar>
          {nodes.map((node) => (
            <span
              key={node.id}
              className={`gantt-node gantt-node-${node.status}`}
              style={{ left: `${placeOf(node.held_on ?? node.planned_on, scale)}%` }}
              title={`${sayText(node.title, i18n.language)} · ${node.held_on ?? node.planned_on}`}
            >
              <Diamond size={14} aria-hidden="true" />
              <span className="sr-only">
                {t("node_at", { name: sayText(node.title, i18n.language), day: node.held_on ?? node.planned_on })}
              </span>
            </span>
          ))}
        </div>
      </div>
      {open &&
        tasks.map((task) => (
          <div key={task.id} className="gantt-row">
            <button
              type="button"
              className="gantt-name gantt-task"
              title={sayText(task.title, i18n.language)}
              onClick={() => {
                onOpen(task);
              }}
            >
              <span>{sayText(task.title, i18n.language)}</span>
            </button>
            <div className="gantt-time">
              <Bar
                scale={scale}
                from={task.starts_on}
                to={task.ends_on}
                className={`bar bar-task bar-${task.status} ${isCritical(task) ? "bar-critical" : ""}`}
                title={`${t(`task_status.${task.status}`)} · ${task.starts_on} – ${task.ends_on}`}
              />
            </div>
          </div>
        ))}
    </>
  );
}

function Bar({
  scale,
  from,
  to,
  className,
  title,
  children,
}: {
  scale: Scale;
  from: string;
  to: string;
  className: string;
  title?: string;
  children?: ReactNode;
}) {
  return (
    <div
      className={className}
      title={title}
      style={{ left: `${placeOf(from, scale)}%`, width: `${widthOf(from, to, scale)}%` }}
    >
      {children}
    </div>
  );
}

const isCritical = (task: Task) => task.critical && task.status !== "done";
