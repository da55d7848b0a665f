import { api, type Query } from "./client";
import type { Page } from "./types";

const PAGE = 200;

/** Everything a list has, page after page: for what is only shown whole. */
export async function everyPage<T>(path: string, query: Query, signal: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await api.get<Page<T>>(path, { ...query, limit: PAGE, cursor }, signal);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}
