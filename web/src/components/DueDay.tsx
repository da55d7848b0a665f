import { AlertTriangle, CalendarClock, Clock3 } from "lucide-react";
import { useZone } from "@/auth/me";
import { useLanguage, useWords } from "@/i18n/words";
import { daysUntil, sayDayAhead } from "@/lib/time";
import { useNow } from "@/lib/useNow";
import { Nothing } from "./When";

const SOON = 2;

/** A day something is due: "in 3 days", "Dec 20", "today", "2 days late"; the date on hover. */
export function DueDay({ on, quiet = false }: { on: string | null | undefined; quiet?: boolean }) {
  const t = useWords("common");
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  if (!on) return <Nothing />;
  const days = daysUntil(on, now, zone);
  const tone = days < 0 ? "bad" : days <= SOON ? "warn" : "quiet";
  const Icon = days < 0 ? AlertTriangle : days <= SOON ? Clock3 : CalendarClock;
  const words = days < 0 ? t("days_late", { count: -days }) : sayDayAhead(on, now, zone, language);
  return (
    <time dateTime={on} title={on} className={`mark ${quiet && days >= 0 ? "mark-quiet" : `mark-${tone}`}`}>
      <Icon size={14} aria-hidden="true" /><span>{words}</span>
    </time>
  );
}
