import { useLayoutEffect, useState, type RefObject } from "react";
import type { Column } from "./types";

const GAP = 16;
const EDGE = 24;
const CHECK = 36;

/** The pixels that columns need at least, with the room between them and at the edges. */
export function leastWidth(columns: readonly Pick<Column<never>, "width">[], selectable: boolean): number {
  return columns.reduce(
    (sum, column) => sum + Number(/\d+/.exec(column.width)?.[0] ?? 0) + GAP,
    2 * EDGE - GAP + (selectable ? CHECK + GAP : 0),
  );
}

/** The first columns that stand there whole, and those that say what the row is; all where no bound is known. */
export function fitting<C extends Pick<Column<never>, "width" | "fixed">>(
  columns: readonly C[],
  room: number | null,
  selectable: boolean,
): readonly C[] {
  if (room === null) return columns;
  let shown = columns;
  for (let last = columns.length - 1; last >= 0 && leastWidth(shown, selectable) > room; last -= 1) {
    if (!columns[last]?.fixed) shown = shown.filter((column) => column !== columns[last]);
  }
  return shown;
}

/** The width of a table beside an open panel, which tells what is left out; without a panel it scrolls. */
export function useRoom(table: RefObject<HTMLElement | null>, beside: boolean): number | null {
  const [room, setRoom] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = table.current;
    if (!element || !beside) {
      setRoom(null);
      return;
    }
    const measure = () => {
      setRoom(element.clientWidth || null);
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => {
      watch.disconnect();
    };
  }, [table, beside]);
  return room;
}
