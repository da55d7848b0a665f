import { useSyncExternalStore } from "react";

/** One ticking clock for the whole page, so that twenty promise clocks cost one timer. */
let now = new Date();
const listeners = new Set<() => void>();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => { now = new Date(); listeners.forEach((l) => { l(); }); }, 20_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) { window.clearInterval(timer); timer = undefined; }
  };
}

export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}
