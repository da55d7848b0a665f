/** How an engagement's plan stands, as far as its phases tell. */
import type { EngagementLine, PhaseLine } from "@/api/types";

const OVER: readonly EngagementLine["status"][] = ["closed", "cancelled"];

export interface Outlook {
  /** The phase at work, else the one that comes next. */
  phase: PhaseLine | null;
  running: boolean;
  /** When it is to end, or to begin. */
  on: string | null;
  ended: number;
}

export const isOver = (engagement: EngagementLine) => OVER.includes(engagement.status);

/** What comes next in the plan; an engagement that is over has nothing before it. */
export function outlookOf(engagement: EngagementLine): Outlook {
  const ended = engagement.phases.filter((phase) => phase.status === "ended").length;
  if (isOver(engagement)) return { phase: null, running: false, on: null, ended };
  const running = engagement.phases.find((phase) => phase.status === "active");
  if (running) return { phase: running, running: true, on: running.ends_on, ended };
  const next = engagement.phases.find((phase) => phase.status === "planned") ?? null;
  return { phase: next, running: false, on: next?.starts_on ?? null, ended };
}
