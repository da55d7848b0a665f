import { useCallback, useEffect, useMemo, useState } from "react";
import type { Row, Selection } from "./types";

/** Which rows a bulk act concerns: some, or all that match the filter. */
export function useSelection<T extends Row>(items: readonly T[], filter: Selection["filter"]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState(false);
  const clear = useCallback(() => { setChosen(new Set()); setAll(false); }, []);
  useEffect(() => { clear(); }, [filter, clear]);
  const toggle = useCallback((row: Row, on: boolean) => {
    setAll(false);
    setChosen((now) => { const next = new Set(now); if (on) next.add(row.id); else next.delete(row.id); return next; });
  }, []);
  const toggleAll = useCallback(
    (on: boolean) => {
      setAll(false);
      setChosen(new Set(on ? items.map((row) => row.id) : []));
    },
    [items],
  );
  const asked: Selection = useMemo(() => ({ ids: [...chosen], clear, all, filter }), [chosen, clear, all, filter]);
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
