import { useCallback, useEffect, useMemo, useState } from "react";
import type { Row, Selection } from "./types";

/** Which rows a bulk act concerns: some, or all that match the filter. */
export function useSelection<T extends Row>(items: readonly T[], filter: Selection<T>["filter"]) {
  const [chosen, setChosen] = useState<ReadonlyMap<string, T>>(new Map());
  const [all, setAll] = useState(false);
  const clear = useCallback(() => { setChosen(new Map()); setAll(false); }, []);
  useEffect(() => { clear(); }, [filter, clear]);
  const toggle = useCallback((row: T, on: boolean) => {
    setAll(false);
    setChosen((now) => {
      const next = new Map(now);
      if (on) next.set(row.id, row);
      else next.delete(row.id);
      return next;
    });
  }, []);
  const toggleAll = useCallback(
    (on: boolean) => {
      setAll(false);
      setChosen(new Map(on ? items.map((row) => [row.id, row]) : []));
    },
    [items],
  );
  const asked: Selection<T> = useMemo(
    () => ({ rows: [...chosen.values()], clear, all, filter }),
    [chosen, clear, all, filter],
  );
  return {
    chosen,
    asked,
    toggle,
    toggleAll,
    clear,
    page: chosen.size === items.length && items.length > 1,
    matchAll: () => {
      setAll(true);
    },
  };
}
