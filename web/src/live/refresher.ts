/** When what live events make stale is asked anew: the first at once, a burst with growing pauses. */

/** Events in one breath refresh once. */
const GATHER = 120;
/** The second refresh meets projections that follow by event. */
const FOLLOW = 900;
/** The longest pause between two refreshes while events keep coming. */
const LONGEST_PAUSE = 5_000;
/** Without an event for so long, the next one is the first again. */
const CALM = 5_000;
/** What acts of people bring between two refreshes; more is a burst. */
const FEW = 5;
/** Counts as a burst by itself. */
export const BURST = FEW + 1;

interface Stretch {
  /** Since the last refresh. */
  events: number;
  lastEvent: number;
  lastRefresh: number;
  pause: number;
  timer: number | undefined;
}

export interface Refresher {
  /** An event, or so many, made these stale. */
  touch: (names: readonly string[], events?: number) => void;
  stop: () => void;
}

/**
 * Calls `refresh` with a name soon after the first event, then at most once per pause until FOLLOW
 * after the last. In a burst the pause doubles from refresh to refresh; after it, it halves.
 */
export function refresher(refresh: (name: string) => void): Refresher {
  const stretches = new Map<string, Stretch>();

  const run = (name: string, stretch: Stretch) => {
    const now = Date.now();
    stretch.timer = undefined;
    stretch.pause = stretch.events > FEW
      ? Math.min(stretch.pause * 2, LONGEST_PAUSE)
      : Math.max(stretch.pause / 2, FOLLOW);
    stretch.events = 0;
    stretch.lastRefresh = now;
    if (now - stretch.lastEvent < FOLLOW) plan(name, stretch, stretch.pause);
    refresh(name);
  };
  const plan = (name: string, stretch: Stretch, wait: number) => {
    stretch.timer = window.setTimeout(run, wait, name, stretch);
  };
  const touch = (name: string, events: number) => {
    const now = Date.now();
    let stretch = stretches.get(name);
    if (!stretch || (stretch.timer === undefined && now - stretch.lastEvent >= CALM)) {
      stretch = { events: 0, lastEvent: now, lastRefresh: -Infinity, pause: FOLLOW, timer: undefined };
      stretches.set(name, stretch);
    }
    stretch.events += events;
    stretch.lastEvent = now;
    if (stretch.timer === undefined) plan(name, stretch, Math.max(GATHER, stretch.lastRefresh + stretch.pause - now));
  };

  return {
    touch: (names, events = 1) => { names.forEach((name) => { touch(name, events); }); },
    stop: () => {
      for (const { timer } of stretches.values()) window.clearTimeout(timer);
      stretches.clear();
    },
  };
}
