import { AlertTriangle, CalendarClock, CircleDashed, Clock3, Hourglass, PauseCircle } from "lucide-react";
import { useZone } from "@/auth/me";
import { useLanguage, useWords } from "@/i18n/words";
import { dueOf, standsStill, type Due } from "@/lib/promise";
import { sayExactly, sayInstant, spanOf, urgencyOf, type Urgency } from "@/lib/time";
import { useNow } from "@/lib/useNow";

const ICONS = { late: AlertTriangle, soon: Clock3, today: Clock3, later: CalendarClock } as const;
const TONES: Record<Urgency, string> = { late: "bad", soon: "warn", today: "plain", later: "quiet" };

/** The clock of a promised time: "3 days late", "40 min left", "today 17:00", "Fri 10:00". */
export function PromiseClock({ dueAt, late = false }: { dueAt: string; late?: boolean }) {
  const t = useWords("promises");
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  const due = new Date(dueAt);
  // What is known to have passed is late, although this clock may tick a little behind.
  const urgency = late ? "late" : urgencyOf(due, now, zone);
  const Icon = ICONS[urgency];
  const span = spanOf(due.getTime() - now.getTime());
  const words = urgency === "late" ? t(`clock.late_${span.unit}`, { count: span.count })
    : urgency === "soon" ? t(`clock.left_${span.unit}`, { count: span.count })
      : sayInstant(due, now, zone, language);
  return (
    <span className={`mark mark-${TONES[urgency]} clock clock-${urgency}`} title={sayExactly(due, zone, language)}>
      <Icon size={14} aria-hidden="true" /><span>{words}</span>
    </span>
  );
}

/** Of a promise whose clock stands still while one waits for the client. */
export function StoppedClock() {
  const t = useWords("promises");
  return (
    <span className="mark mark-quiet clock" title={t("clock.stopped_why")}>
      <PauseCircle size={14} aria-hidden="true" /><span>{t("clock.stopped")}</span>
    </span>
  );
}

/** The clock of a case: since when a broken promise waits for word, or what is due next; else nothing. */
export function CaseClock({ item }: { item: Due }) {
  const at = dueOf(item);
  if (!at) return null;
  return standsStill(item) ? <StoppedClock /> : <PromiseClock dueAt={at} late={item.overdue_since !== null} />;
}

/** How long a case waits for somebody to take it. */
export function WaitingClock({ since }: { since: string }) {
  const t = useWords("promises");
  const language = useLanguage();
  const zone = useZone();
  const begun = new Date(since);
  const span = spanOf(useNow().getTime() - begun.getTime());
  return (
    <span className="mark mark-warn clock" title={sayExactly(begun, zone, language)}>
      <Hourglass size={14} aria-hidden="true" /><span>{t(`clock.waits_${span.unit}`, { count: span.count })}</span>
    </span>
  );
}

/**
 * Said where one looks at one record, and knows whether anything was ever promised; a list has nothing
 * to say there.
 */
export function NoPromise({ never }: { never: boolean }) {
  const t = useWords("promises");
  return (
    <span className="mark mark-quiet">
      <CircleDashed size={14} aria-hidden="true" />
      <span>{t(never ? "clock.none" : "clock.none_open")}</span>
    </span>
  );
}
