import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { useLocation, useNavigate, useSearchParams } from "react-router";
import { api, type Query } from "@/api/client";
import type { Page } from "@/api/types";
import { readAddress, viewAddress, withFilter, withFilters, withSort } from "@/lib/filters";
import type { ListSpec, Row } from "./types";
import { beginning, useViews } from "./views";

const PAGE_SIZE = 100;
/** Says in the address that nothing is filtered on purpose, so that no default view steps in. */
const EVERYTHING = "all";

/** Kept with an address that opening a row made: Back closes the row, and so does whoever closes it. */
interface Opened {
  openedHere: boolean;
}

/** The rows of a list as its address asks for them, page by page. */
export function useList<T extends Row>(spec: ListSpec<T>) {
  const { params, change, ready, views } = useAddress(spec);
  const names = useMemo(() => ["q", ...spec.filters.map((filter) => filter.name)], [spec.filters]);
  const state = useMemo(() => readAddress(params, names), [params, names]);

  // The row that is open is part of the address too: only a real change of filters is a new question.
  const asked = JSON.stringify({ ...spec.base, ...state.filters });
  const filter = useMemo(() => JSON.parse(asked) as Query, [asked]);
  const sort = state.sort ?? spec.defaultSort;
  const rows = useInfiniteQuery({
    queryKey: [spec.name, "list", spec.path, filter, sort], enabled: ready,
    queryFn: ({ pageParam, signal }) => api.get<Page<T>>(
      spec.path, { ...filter, sort, limit: PAGE_SIZE, cursor: pageParam, total: pageParam ? undefined : true }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

  const items = useMemo(() => rows.data?.pages.flatMap((page) => page.items) ?? [], [rows.data]);
  const total = rows.data?.pages[0]?.total ?? null;
  const atStart = viewAddress(params) === (spec.start ?? "");
  const setFilter = useCallback(
    (name: string, value: string | null) => {
      change((now) => withFilter(now, name, value), true);
    },
    [change],
  );
  const clearFilters = useCallback(() => {
    change((now) => withFilters(now, Object.fromEntries(names.map((name) => [name, null]))), true);
  }, [change, names]);
  const setSort = useCallback(
    (field: string) => {
      change((now) => withSort(now, field), true);
    },
    [change],
  );
  const opened = (useLocation().state as Opened | null)?.openedHere ?? false;
  const navigate = useNavigate();
  const open = useCallback(
    (id: string | null) => {
      const opening = id !== null && state.open === null;
      if (id === null && opened) void navigate(-1);
      else change((now) => withFilter(now, "open", id), !opening, { openedHere: opening || opened });
    },
    [change, navigate, opened, state.open],
  );
  const show = useCallback(
    (address: URLSearchParams) => {
      change(() => address, false);
    },
    [change],
  );

  return {
    rows,
    items,
    total,
    state,
    sort,
    filter,
    params,
    atStart,
    views,
    setFilter,
    clearFilters,
    setSort,
    open,
    show,
  };
}

/** The list's part of the address. Where it says nothing, one's default view or the list's start steps in. */
function useAddress<T extends Row>(spec: ListSpec<T>) {
  const [params, setParams] = useSearchParams();
  const views = useViews(spec.name);
  const saved = useMemo(() => views.data ?? [], [views.data]);
  const first = beginning(saved, spec.start)?.toString() ?? null;
  const silent = params.size === 0;

  useEffect(() => {
    if (silent && !views.isPending && first) setParams(new URLSearchParams(first), { replace: true });
  }, [silent, views.isPending, first, setParams]);
  const change = useCallback((next: (now: URLSearchParams) => URLSearchParams, replace: boolean, state?: Opened) => {
    setParams((now) => {
      const then = next(now);
      return then.size === 0 && first ? new URLSearchParams({ view: EVERYTHING }) : then;
    }, { replace, state });
  }, [setParams, first]);
  return { params, change, views: saved, ready: !silent || (!views.isPending && first === null) };
}
