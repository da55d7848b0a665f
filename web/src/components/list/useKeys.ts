import { useEffect, type RefObject } from "react";

interface Keys {
  move: (by: 1 | -1) => void;
  enter: () => void;
  select: () => void;
  escape: () => void;
  search: RefObject<HTMLInputElement | null>;
}

const TYPING = "input, textarea, select, [contenteditable=true], [role=combobox], [role=dialog], [role=menu]";

/** j/k or arrows move, Enter opens, x selects, / searches, Escape closes; never while typing. */
export function useKeys({ move, enter, select, escape, search }: Keys): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPING)) return;
      const inRow = target === document.body || target.closest("[role=row], .list") !== null;
      const acts: Record<string, (() => void) | undefined> = {
        j: () => { move(1); }, k: () => { move(-1); },
        ArrowDown: inRow ? () => { move(1); } : undefined,
        ArrowUp: inRow ? () => { move(-1); } : undefined,
        Enter: target.closest("button, a, [role=checkbox]") ? undefined : enter,
        x: select, Escape: escape, "/": () => { search.current?.focus(); },
      };
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", listen);
    return () => { document.removeEventListener("keydown", listen); };
  });
}
