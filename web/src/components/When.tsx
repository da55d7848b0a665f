import { useZone } from "@/auth/me";
import { useLanguage } from "@/i18n/words";
import { sayDate, sayDayOf, sayExactly, sayInstant } from "@/lib/time";
import { useNow } from "@/lib/useNow";

/** An instant as people say it; the exact time in the firm's zone on hover. */
export function When({
  at,
  day = false,
  className,
}: {
  at: string | null | undefined;
  day?: boolean;
  className?: string;
}) {
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  if (!at) return <Nothing />;
  const instant = new Date(at);
  const say = day ? sayDayOf : sayInstant;
  return (
    <time className={className} dateTime={at} title={sayExactly(instant, zone, language)}>
      {say(instant, now, zone, language)}
    </time>
  );
}

/** A date without a time, which no zone may shift. */
export function Day({ on, className }: { on: string | null | undefined; className?: string }) {
  const language = useLanguage();
  const zone = useZone();
  const now = useNow();
  if (!on) return <Nothing />;
  return <time className={className} dateTime={on} title={on}>{sayDate(on, now, zone, language)}</time>;
}

export function Nothing() { return <span className="nothing" aria-hidden="true">–</span>; }
