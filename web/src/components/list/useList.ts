import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { api, type Query } from "@/api/client";
import type { Page } from "@/api/types";
import { readAddress, withFilter, withSort } from "@/lib/filters";
import type { ListSpec, Row } from "./types";

const PAGE_SIZE = 100;

/** The rows of a list as its address asks for them, page by page. */
export function useList<T extends Row>(spec: ListSpec<T>) {
  const [params, setParams] = useSearchParams();
  const names = useMemo(() => ["q", ...spec.filters.map((filter) => filter.name)], [spec.filters]);
  const state = useMemo(() => readAddress(params, names), [params, names]);

  // The row that is open is part of the address too: only a real change of filters is a new question.
  const asked = JSON.stringify({ ...spec.base, ...state.filters });
  const filter = useMemo(() => JSON.parse(asked) as Query, [asked]);
  const sort = state.sort ?? spec.defaultSort;
  const rows = useInfiniteQuery({
    queryKey: [spec.name, "list", spec.path, filter, sort],
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(
      spec.path, { ...filter, sort, limit: PAGE_SIZE, cursor: pageParam, total: pageParam ? undefined : true }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

  const items = useMemo(() => rows.data?.pages.flatMap((page) => page.items) ?? [], [rows.data]);
  const total = rows.data?.pages[0]?.total ?? null;
  const setFilter = useCallback((name: string, value: string | null) => {
    setParams((now) => withFilter(now, name, value), { replace: true });
  }, [setParams]);
  const setSort = useCallback((field: string) => {
    setParams((now) => withSort(now, field), { replace: true });
  }, [setParams]);
  const open = useCallback((id: string | null) => {
    setParams((now) => withFilter(now, "open", id), { replace: true });
  }, [setParams]);
  const show = useCallback((address: string) => { setParams(new URLSearchParams(address)); }, [setParams]);

  return { rows, items, total, state, sort, filter, params, setFilter, setSort, open, show };
}
