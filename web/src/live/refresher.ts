/** When what live events make stale is asked anew: soon after people's acts, in a burst with growing pauses. */

/** Events in one breath refresh once. */
const GATHER = 120;
/** The second refresh meets projections that follow by event. */
const FOLLOW = 900;
/** The longest pause between two refreshes while a burst goes on; the first is FOLLOW. */
const LONGEST_PAUSE = 5_000;
/** Without an event for so long, the next one is the first again. */
const CALM = 5_000;
/** What an act brings between two refreshes at most; more is a burst. */
const FEW = 12;
/** Counts as a burst by itself. */
export const BURST = FEW + 1;
/** So many refreshes may follow each other soon, and one more after each such time. */
const SOON = 12;
const SOON_AGAIN = 500;

interface Stretch {
  /** Since the last refresh. */
  events: number;
  lastEvent: number;
  lastRefresh: number;
  /** Between two refreshes, while a burst goes on; none otherwise. */
  pause: number;
  /** How many refreshes may come soon, as of when. */
  soon: number;
  counted: number;
  timer: number | undefined;
  due: number;
}

export interface Refresher {
  /** An event, or so many, made these stale. */
  touch: (names: readonly string[], events?: number) => void;
  stop: () => void;
}

function begun(now: number): Stretch {
  return {
    events: 0, lastEvent: now, lastRefresh: -Infinity, pause: 0, soon: SOON, counted: now, timer: undefined, due: 0,
  };
}

function count(stretch: Stretch, now: number): void {
  stretch.soon = Math.min(SOON, stretch.soon + (now - stretch.counted) / SOON_AGAIN);
  stretch.counted = now;
}

/** How long the next refresh waits. */
function waitOf(stretch: Stretch, now: number): number {
  if (stretch.pause > 0) return Math.max(GATHER, stretch.lastRefresh + stretch.pause - now);
  count(stretch, now);
  return Math.max(GATHER, (1 - stretch.soon) * SOON_AGAIN);
}

/**
 * Calls `refresh` with a name soon after an event, and once more FOLLOW after the last. In a burst
 * the pause between two doubles from refresh to refresh; after it, it halves.
 */
export function refresher(refresh: (name: string) => void): Refresher {
  const stretches = new Map<string, Stretch>();

  const run = (name: string, stretch: Stretch) => {
    const now = Date.now();
    stretch.timer = undefined;
    if (stretch.events > FEW) stretch.pause = Math.min(Math.max(stretch.pause * 2, FOLLOW), LONGEST_PAUSE);
    else stretch.pause = stretch.pause > FOLLOW ? stretch.pause / 2 : 0;
    count(stretch, now);
    stretch.soon = Math.max(0, stretch.soon - 1);
    stretch.events = 0;
    stretch.lastRefresh = now;
    if (now - stretch.lastEvent < FOLLOW) plan(name, stretch, now, Math.max(FOLLOW, stretch.pause));
    refresh(name);
  };
  const plan = (name: string, stretch: Stretch, now: number, wait: number) => {
    window.clearTimeout(stretch.timer);
    stretch.due = now + wait;
    stretch.timer = window.setTimeout(run, wait, name, stretch);
  };
  const touch = (name: string, events: number) => {
    const now = Date.now();
    let stretch = stretches.get(name);
    if (!stretch || (stretch.timer === undefined && now - stretch.lastEvent >= CALM)) {
      stretch = begun(now);
      stretches.set(name, stretch);
    }
    stretch.events += events;
    stretch.lastEvent = now;
    const wait = waitOf(stretch, now);
    if (stretch.timer === undefined || now + wait < stretch.due) plan(name, stretch, now, wait);
  };

  return {
    touch: (names, events = 1) => { names.forEach((name) => { touch(name, events); }); },
    stop: () => {
      for (const { timer } of stretches.values()) window.clearTimeout(timer);
      stretches.clear();
    },
  };
}
