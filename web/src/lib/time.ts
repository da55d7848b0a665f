/** Instants and dates said as people say them, always in the firm's zone. */

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

interface Parts { year: number; month: number; day: number; hour: number; minute: number }

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(language: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, zone, options]);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: "h23", ...options });
    formatters.set(key, found);
  }
  return found;
}

/** The wall clock in `zone` at an instant. */
export function wallClock(instant: Date, zone: string): Parts {
  const parts: Record<string, number> = {};
  const form = formatter("en-GB", zone, {
    year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  });
  for (const { type, value } of form.formatToParts(instant)) if (type !== "literal") parts[type] = Number(value);
  return parts as unknown as Parts;
}

/** The UTC instant at which a wall clock in `zone` shows these parts. */
export function instantAt(wall: Parts, zone: string): Date {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  const shown = (at: number): number => {
    const p = wallClock(new Date(at), zone);
    return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute);
  };
  let guess = asUtc - (shown(asUtc) - asUtc);
  guess -= shown(guess) - asUtc;
  return new Date(guess);
}

/** The last minute of a date, as the zone counts days. */
export function endOfDay(date: string, zone: string): Date {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return instantAt({ year, month, day, hour: 23, minute: 59 }, zone);
}

function dayNumber(p: Parts): number { return Date.UTC(p.year, p.month - 1, p.day) / DAY; }

/** Whole calendar days from `now` to `instant` as the zone counts them: 0 today, 1 tomorrow. */
export function calendarDays(instant: Date, now: Date, zone: string): number {
  return dayNumber(wallClock(instant, zone)) - dayNumber(wallClock(now, zone));
}

const relative = new Map<string, Intl.RelativeTimeFormat>();
function relativeDay(days: number, language: string): string {
  const known = relative.get(language) ?? new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  relative.set(language, known);
  return known.format(days, "day");
}

/** "today 15:00", "tomorrow 09:30", "Fri 15:00", "3 Dec 15:00", "3 Dec 2025". */
export function sayInstant(instant: Date, now: Date, zone: string, language: string): string {
  const days = calendarDays(instant, now, zone);
  const time = formatter(language, zone, { hour: "2-digit", minute: "2-digit" }).format(instant);
  if (Math.abs(days) <= 1) return `${relativeDay(days, language)} ${time}`;
  if (days > 1 && days < 7) return `${formatter(language, zone, { weekday: "short" }).format(instant)} ${time}`;
  return `${sayCalendar(instant, now, zone, language)}${sameYear(instant, now, zone) ? ` ${time}` : ""}`;
}

function sameYear(a: Date, b: Date, zone: string): boolean {
  return wallClock(a, zone).year === wallClock(b, zone).year;
}

function sayCalendar(instant: Date, now: Date, zone: string, language: string): string {
  const year = sameYear(instant, now, zone) ? undefined : "numeric";
  return formatter(language, zone, { day: "numeric", month: "short", year }).format(instant);
}

/** A day without a clock time: "yesterday", "today", "3 Dec". */
export function sayDayOf(instant: Date, now: Date, zone: string, language: string): string {
  const days = calendarDays(instant, now, zone);
  return Math.abs(days) <= 1 ? relativeDay(days, language) : sayCalendar(instant, now, zone, language);
}

/** A date-only value never moves with a zone: `2026-11-23` is that day everywhere. */
export function sayDate(date: string, now: Date, zone: string, language: string): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const noon = instantAt({ year, month, day, hour: 12, minute: 0 }, zone);
  return sayDayOf(noon, now, zone, language);
}

/** Whole calendar days from today (as the zone counts) to a date: 0 today, -1 yesterday. */
export function daysUntil(date: string, now: Date, zone: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${todayIn(zone, now)}T00:00:00Z`)) / DAY);
}

/** Up to so many days ahead are counted; a day further off is easier as a date. */
const COUNTED_DAYS = 14;

/** A day ahead: "today", "tomorrow", "in 3 days", "Dec 20". */
export function sayDayAhead(date: string, now: Date, zone: string, language: string): string {
  const days = daysUntil(date, now, zone);
  return days > COUNTED_DAYS ? sayDate(date, now, zone, language) : relativeDay(days, language);
}

/** "today", "tomorrow", "Wed 25 Nov"; dates never meet a zone. */
export function sayWeekday(date: string, today: string, language: string, weekday: "short" | "long" = "short"): string {
  const days = Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / DAY);
  if (days === 0 || days === 1) return relativeDay(days, language);
  return formatter(language, "UTC", { weekday, day: "numeric", month: "short" }).format(new Date(`${date}T00:00:00Z`));
}

/** The same at the head of a list: "Today", "Tomorrow". */
export function headWeekday(...asked: Parameters<typeof sayWeekday>): string {
  const said = sayWeekday(...asked);
  return said.charAt(0).toLocaleUpperCase(asked[2]) + said.slice(1);
}

/** "Dec 2026" for the head of a time scale. */
export function sayMonth(date: string, language: string): string {
  return formatter(language, "UTC", { month: "short", year: "numeric" }).format(new Date(`${date}T00:00:00Z`));
}

/** A date some days later; dates never meet a zone. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The exact time, for a title: "Monday 23 November 2026 at 16:00 GMT+8". */
export function sayExactly(instant: Date, zone: string, language: string): string {
  return formatter(language, zone, {
    weekday: "long", year: "numeric", month: "long", day: "numeric",
    hour: "2-digit", minute: "2-digit", timeZoneName: "short",
  }).format(instant);
}

/** What people call the zone: "China Standard Time". */
export function sayZone(zone: string, language: string): string {
  const parts = formatter(language, zone, { timeZoneName: "long" }).formatToParts(new Date());
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

/** Whether clocks in one zone show another time now than clocks in the other, by default this browser's. */
export function clocksDiffer(zone: string, now: Date, other?: string): boolean {
  other ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return JSON.stringify(wallClock(now, zone)) !== JSON.stringify(wallClock(now, other));
}

export type Urgency = "late" | "soon" | "today" | "later";

/** How close a due time is: late, within two hours, today, or later. */
export function urgencyOf(due: Date, now: Date, zone: string): Urgency {
  const left = due.getTime() - now.getTime();
  if (left < 0) return "late";
  if (left <= 2 * HOUR) return "soon";
  return calendarDays(due, now, zone) === 0 ? "today" : "later";
}

/** The size of a wait as one number and one unit, for "3 days late" or "40 min left". */
export function spanOf(milliseconds: number): { unit: "minute" | "hour" | "day"; count: number } {
  const size = Math.abs(milliseconds);
  if (size < HOUR) return { unit: "minute", count: Math.max(1, Math.round(size / MINUTE)) };
  if (size < DAY) return { unit: "hour", count: Math.round(size / HOUR) };
  return { unit: "day", count: Math.round(size / DAY) };
}

/** Today's date in the zone as `2026-11-23`. */
export function todayIn(zone: string, now: Date): string {
  const p = wallClock(now, zone);
  return [p.year, p.month, p.day].map((n) => String(n).padStart(2, "0")).join("-");
}
