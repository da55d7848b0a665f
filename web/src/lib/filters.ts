/** Filters live in the address: what is seen can be bookmarked, shared and gone back to. */

export type FilterValues = Readonly<Record<string, string>>;

const SORT = "sort";
const OWN = new Set(["open", "view"]);

export interface ListState { filters: FilterValues; sort: string | null; open: string | null }

export function readAddress(params: URLSearchParams, known: readonly string[]): ListState {
  const filters: Record<string, string> = {};
  for (const name of known) {
    const value = params.get(name);
    if (value) filters[name] = value;
  }
  return { filters, sort: params.get(SORT), open: params.get("open") };
}

/** The address with one filter set (or cleared by an empty value); the rest stays. */
export function withFilter(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}

/** Several at once: changes of an address made one after another in the same moment would lose each other. */
export function withFilters(params: URLSearchParams, values: Readonly<Record<string, string | null>>): URLSearchParams {
  return Object.entries(values).reduce((now, [name, value]) => withFilter(now, name, value), params);
}

export function withSort(params: URLSearchParams, field: string): URLSearchParams {
  const now = params.get(SORT);
  return withFilter(params, SORT, now === field ? `-${field}` : now === `-${field}` ? null : field);
}

/** What a saved view remembers: filters and order, not the row that happens to be open. */
export function viewAddress(params: URLSearchParams): string {
  const kept = new URLSearchParams();
  for (const [name, value] of params) if (!OWN.has(name)) kept.append(name, value);
  kept.sort();
  return kept.toString();
}
