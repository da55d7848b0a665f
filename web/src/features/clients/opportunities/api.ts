/** What the pages of opportunities ask and do; one place for their addresses. */
import { useQuery } from "@tanstack/react-query";
import { api, type Query } from "@/api/client";
import type { Engagement, Opportunity, OpportunityStage, Page } from "@/api/types";

const PAGE = 200;
const MOST_ON_BOARD = 1_000;

/** A board shows every card; beyond a thousand it says so and the list goes on. */
async function every(query: Query, signal: AbortSignal): Promise<{ items: Opportunity[]; more: boolean }> {
  const items: Opportunity[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Opportunity> = await api.get<Page<Opportunity>>(
      "/opportunities",
      { ...query, limit: PAGE, cursor },
      signal,
    );
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor && items.length < MOST_ON_BOARD);
  return { items, more: cursor !== null };
}

export type BoardData = Awaited<ReturnType<typeof every>>;

const boardKey = (query: Query) => ["opportunities", "board", query] as const;

export function useBoard(query: Query) {
  return useQuery({
    queryKey: boardKey(query),
    queryFn: ({ signal }) => every({ ...query, open: true, sort: "close_on" }, signal),
  });
}

export function useOpportunity(id: string) {
  return useQuery({
    queryKey: ["opportunities", id],
    queryFn: ({ signal }) => api.get<Opportunity>(`/opportunities/${id}`, undefined, signal),
  });
}

/** The engagement that a win made; it follows the win by event. */
export function useEngagementOf(id: string, won: boolean) {
  return useQuery({
    queryKey: ["engagements", "of", id],
    enabled: won,
    queryFn: async ({ signal }) =>
      (await api.get<Page<Engagement>>("/engagements", { opportunity_id: id, limit: 1 }, signal)).items[0] ?? null,
  });
}

export type OpportunityBody = Partial<
  Pick<Opportunity, "title" | "amount" | "probability" | "close_on" | "competitor" | "owner_id" | "notes">
>;
export interface Move {
  stage: OpportunityStage;
  reason?: string | null;
  competitor?: string | null;
}

export const openOpportunity = (body: OpportunityBody & { client_id: string; stage: OpportunityStage }) =>
  api.post<Opportunity>("/opportunities", body);
export const changeOpportunity = (id: string, body: OpportunityBody, version: number) =>
  api.patch<Opportunity>(`/opportunities/${id}`, body, version);
// The same card may go to and fro.
export const moveOpportunity = (id: string, body: Move) =>
  api.post<Opportunity>(`/opportunities/${id}/move`, body, { comesAgain: true });

/** A move shows in these places. */
export const OPPORTUNITY_KEYS = ["opportunities", "clients", "engagements"] as const;
