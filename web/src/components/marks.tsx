/** One component per mark: stage, priority, case status, case kind. Shape and word, never colour alone. */
import {
  AlertTriangle, ArrowUp, CheckCircle2, ChevronsUp, Circle, CircleDashed, CircleDot, CircleSlash,
  Clock3, Heart, HelpCircle, Lightbulb, Minus, ArrowDown, MessageSquareWarning, PauseCircle,
  RotateCcw, Inbox, type LucideIcon,
} from "lucide-react";
import { useWords } from "@/i18n/words";
import type { CaseKind, CaseStatus, Priority, PromiseStatus, Stage } from "@/api/types";

export type Tone = "plain" | "good" | "warn" | "bad" | "quiet";

export function Mark({ icon: Icon, tone, children }: { icon: LucideIcon; tone: Tone; children: string }) {
  return <span className={`mark mark-${tone}`}><Icon size={14} aria-hidden="true" /><span>{children}</span></span>;
}

const STAGES: Record<Stage, [LucideIcon, Tone]> = {
  prospect: [CircleDashed, "quiet"], qualified: [Circle, "plain"], negotiating: [CircleDot, "warn"],
  active: [CheckCircle2, "good"], dormant: [PauseCircle, "quiet"], former: [CircleSlash, "quiet"],
  disqualified: [CircleSlash, "bad"],
};
export function StageMark({ stage }: { stage: Stage }) {
  const t = useWords("clients");
  const [icon, tone] = STAGES[stage];
  return <Mark icon={icon} tone={tone}>{t(`stage.${stage}`)}</Mark>;
}

const PRIORITIES: Record<Priority, [LucideIcon, Tone]> = {
  low: [ArrowDown, "quiet"], normal: [Minus, "plain"], high: [ArrowUp, "warn"], urgent: [ChevronsUp, "bad"],
};
export function PriorityMark({ priority }: { priority: Priority }) {
  const t = useWords("cases");
  const [icon, tone] = PRIORITIES[priority];
  return <Mark icon={icon} tone={tone}>{t(`priority.${priority}`)}</Mark>;
}

const STATUSES: Record<CaseStatus, [LucideIcon, Tone]> = {
  open: [Inbox, "warn"], assigned: [Circle, "plain"], in_progress: [CircleDot, "plain"],
  waiting_client: [PauseCircle, "quiet"], solution_offered: [Lightbulb, "plain"],
  solution_accepted: [CheckCircle2, "plain"], resolved: [CheckCircle2, "good"],
  closed: [CheckCircle2, "quiet"], reopened: [RotateCcw, "warn"], withdrawn: [CircleSlash, "quiet"],
};
export function StatusMark({ status }: { status: CaseStatus }) {
  const t = useWords("cases");
  const [icon, tone] = STATUSES[status];
  return <Mark icon={icon} tone={tone}>{t(`status.${status}`)}</Mark>;
}

const KINDS: Record<CaseKind, LucideIcon> = {
  request: Inbox, complaint: MessageSquareWarning, praise: Heart, suggestion: Lightbulb, inquiry: HelpCircle,
};
export function KindMark({ kind }: { kind: CaseKind }) {
  const t = useWords("cases");
  return <Mark icon={KINDS[kind]} tone="plain">{t(`kind.${kind}`)}</Mark>;
}

const PROMISES: Record<PromiseStatus, [LucideIcon, Tone]> = {
  made: [Clock3, "plain"],
  kept: [CheckCircle2, "good"],
  broken: [AlertTriangle, "bad"],
  superseded: [RotateCcw, "quiet"],
  released: [CircleSlash, "quiet"],
};
export function PromiseMark({ status }: { status: PromiseStatus }) {
  const t = useWords("promises");
  const [icon, tone] = PROMISES[status];
  return <Mark icon={icon} tone={tone}>{t(`status.${status}`)}</Mark>;
}
