/** Which records someone else changed while this page was open; a mark, never a jump. */
import { useCallback, useSyncExternalStore } from "react";

/** So long a record counts as just changed, in milliseconds. */
const KEPT = 30 * 60_000;
/** So many marks are kept; of more, such as an import's, the oldest that nobody sees are forgotten. */
export const MOST_MARKS = 2_000;
const SWEEP = 60_000;

/** By record: when it was changed; the one longest unchanged is first. */
const changed = new Map<string, number>();
/** By record: who shows it. */
const shown = new Map<string, Set<() => void>>();
/** Records on screen whose mark came or went since the last frame. */
const waiting = new Set<string>();
let frame: number | undefined;
let sweeping: number | undefined;

function tell(): void {
  frame = undefined;
  const ids = [...waiting];
  waiting.clear();
  for (const id of ids) shown.get(id)?.forEach((listener) => { listener(); });
}

/** Tells those who show the record, once per frame; of what nobody shows nobody is told. */
function announce(id: string): void {
  if (!shown.has(id)) return;
  waiting.add(id);
  frame ??= requestAnimationFrame(tell);
}

function forget(id: string): void { if (changed.delete(id)) announce(id); }

function sweep(): void {
  sweeping = undefined;
  const limit = Date.now() - KEPT;
  for (const [id, at] of changed) if (at <= limit) forget(id);
  sweepLater();
}

function sweepLater(): void { if (changed.size > 0) sweeping ??= window.setTimeout(sweep, SWEEP); }

/** Makes room for one mark: the oldest goes that is not on screen; those before it wait at the end of the queue. */
function makeRoom(): void {
  if (changed.size <= MOST_MARKS) return;
  for (const [id, at] of changed) {
    changed.delete(id);
    if (!shown.has(id) || shown.size >= MOST_MARKS) { announce(id); return; }
    changed.set(id, at);
  }
}

export function markChanged(id: string, at = Date.now()): void {
  const known = changed.delete(id);
  changed.set(id, at);
  if (known) return;
  makeRoom();
  announce(id);
  sweepLater();
}

export function clearMark(id: string): void { forget(id); }

export function isMarked(id: string): boolean { return changed.has(id); }
export function marksKept(): number { return changed.size; }

/** Calls `listener` when the record's mark comes or goes; returns how to stop. */
export function watchMark(id: string, listener: () => void): () => void {
  const listeners = shown.get(id) ?? new Set();
  shown.set(id, listeners.add(listener));
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && shown.get(id) === listeners) shown.delete(id);
  };
}

/** Whether someone else just changed the record; draws again only when that record's mark comes or goes. */
export function useMark(id: string): boolean {
  const watch = useCallback((listener: () => void) => watchMark(id, listener), [id]);
  return useSyncExternalStore(watch, () => isMarked(id));
}
