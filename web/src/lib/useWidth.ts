import { useSyncExternalStore } from "react";

/** Below this a table becomes cards and a panel becomes a page. */
export const PHONE = "(max-width: 639.98px)";
export const NARROW = "(max-width: 1023.98px)";
export const PAPER = "print";

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => { media.removeEventListener("change", listener); };
    },
    () => window.matchMedia(query).matches,
  );
}
