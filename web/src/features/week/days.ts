/** How a week is cut: what is late, then day by day, weekends only when something falls on them. */
import { plusDays } from "@/lib/time";

export interface Dated {
  day: string;
}
export interface Day<T> {
  key: "late" | string;
  items: T[];
}

/** Days that are shown ahead, today included. */
export const AHEAD = 7;

export function cutByDay<T extends Dated>(items: readonly T[], today: string): Day<T>[] {
  const days = Array.from({ length: AHEAD }, (_, ahead): Day<T> => {
    const key = plusDays(today, ahead);
    return { key, items: items.filter((item) => item.day === key) };
  });
  return [{ key: "late", items: items.filter((item) => item.day < today) }, ...days];
}

/** Saturday or Sunday of a date that no zone shifts. */
export function isWeekend(date: string): boolean {
  return [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
}
