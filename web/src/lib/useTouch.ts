import { useCallback } from "react";
import { useQueryClient } from "@tanstack/react-query";

/** Makes queries stale by their names (first elements); resolves when those on screen are asked anew. */
export function useTouch() {
  const queries = useQueryClient();
  return useCallback(
    (names: readonly string[]) => Promise.all(names.map((name) => queries.invalidateQueries({ queryKey: [name] }))),
    [queries],
  );
}
