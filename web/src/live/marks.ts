/** Which records someone else changed while this page was open; a mark, never a jump. */
import { useSyncExternalStore } from "react";

const changed = new Map<string, number>();
const listeners = new Set<() => void>();
let snapshot: ReadonlyMap<string, number> = new Map();

function publish(): void {
  snapshot = new Map(changed);
  listeners.forEach((listener) => { listener(); });
}

export function markChanged(id: string, at = Date.now()): void { changed.set(id, at); publish(); }
export function clearMark(id: string): void { if (changed.delete(id)) publish(); }

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export function useMarks(): ReadonlyMap<string, number> {
  return useSyncExternalStore(subscribe, () => snapshot);
}
