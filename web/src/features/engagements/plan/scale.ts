/** From dates to places on a chart; dates never meet a zone. */

const DAY = 86_400_000;

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY;

export interface Scale {
  from: string;
  days: number;
}

/** Whole weeks around everything that is drawn, a week of air at the end. */
export function scaleOver(dates: readonly string[]): Scale {
  const days = dates.map(dayOf);
  const first = Math.min(...days);
  const monday = first - ((new Date(first * DAY).getUTCDay() + 6) % 7);
  const last = Math.max(...days);
  return { from: new Date(monday * DAY).toISOString().slice(0, 10), days: Math.ceil((last - monday + 1) / 7) * 7 };
}

/** Where a date begins, in percent of the whole width. */
export function placeOf(date: string, scale: Scale): number {
  return ((dayOf(date) - dayOf(scale.from)) / scale.days) * 100;
}

/** How wide the days from `start` to `end` are, both included. */
export function widthOf(start: string, end: string, scale: Scale): number {
  return (Math.max(dayOf(end) - dayOf(start) + 1, 1) / scale.days) * 100;
}

/**
 * Where a chart that is `width` wide is scrolled to, in pixels and at most `most`: to the month's name
 * that brings `today` nearest to the middle, as a name that is passed halfway would be cut.
 */
export function beginningFor(today: number, width: number, most: number, names: readonly number[]): number {
  const middle = Math.min(Math.max(today - width / 2, 0), most);
  const fitting = [0, ...names].filter((name) => name <= most && name <= today && today < name + width);
  const far = (name: number) => Math.abs(name - middle);
  return fitting.reduce((best, name) => (far(name) < far(best) ? name : best), fitting[0] ?? middle);
}

/** A name narrower than this, in percent, would run into the next one or out of the chart. */
const ROOM = 7;

/** The first day of every month that the scale shows, and the day it begins with, where their names have room. */
export function monthsOf(scale: Scale): string[] {
  const months: string[] = [];
  const start = new Date(dayOf(scale.from) * DAY);
  for (let month = 1; ; month += 1) {
    const first = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1)).toISOString().slice(0, 10);
    if (month === 1 && placeOf(first, scale) >= ROOM) months.push(scale.from);
    if (placeOf(first, scale) > 100 - ROOM) return months;
    months.push(first);
  }
}
