/** Dead letters, asked of each service by itself: one that is away hides no other's. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { DeadLetter, Page } from "@/api/types";

export const SERVICES = ["clients", "engagements", "desk", "surveys", "gateway"] as const;
export type Service = (typeof SERVICES)[number];
export type Asked = ReturnType<typeof useLettersOf>;
const MOST = 200;

const path = (service: string) => `/services/${service}/dead-letters`;
const page = (service: Service, query: { cursor: string | null; limit?: number }, signal?: AbortSignal) =>
  api.get<Page<DeadLetter>>(path(service), query, signal);

function useLettersOf(service: Service) {
  return useInfiniteQuery({
    queryKey: ["dead-letters", service],
    queryFn: ({ pageParam, signal }) => page(service, { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function useLetters(): Record<Service, Asked> {
  return {
    clients: useLettersOf("clients"),
    engagements: useLettersOf("engagements"),
    desk: useLettersOf("desk"),
    surveys: useLettersOf("surveys"),
    gateway: useLettersOf("gateway"),
  };
}

export const replay = (letter: DeadLetter) => api.post(`${path(letter.service)}/${letter.id}/replay`, {});
export const discard = (letter: DeadLetter) => api.post(`${path(letter.service)}/${letter.id}/discard`, {});

/**
 * All of a service, one after the other, oldest first, as they came; how many still fail. Anything but
 * a second failure ends it.
 */
export async function replayAll(service: Service): Promise<number> {
  let failed = 0;
  for (const letter of (await everyLetter(service)).reverse()) {
    try { await replay(letter); }
    catch (error) {
      const known = error instanceof Problem && (error.status === 409 || error.status === 404);
      if (!known) throw error;
      if (error.status === 409) failed += 1;
    }
  }
  return failed;
}

async function everyLetter(service: Service): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  let cursor: string | null = null;
  do {
    const { items, next_cursor }: Page<DeadLetter> = await page(service, { cursor, limit: MOST });
    found.push(...items);
    cursor = next_cursor;
  } while (cursor !== null);
  return found;
}
