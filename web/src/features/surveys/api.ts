import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Campaign, Page, Score, Survey, SurveyInvitation } from "@/api/types";

export type By = "survey" | "role" | "client" | "engagement" | "phase";
export const BYS: readonly By[] = ["survey", "role", "client", "engagement"];

export function useScores(by: By) {
  return useInfiniteQuery({
    queryKey: ["scores", by],
    queryFn: ({ pageParam, signal }) => api.get<Page<Score>>("/scores", { by, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useForms() {
  return useQuery({
    queryKey: ["surveys"],
    queryFn: async ({ signal }) => (await api.get<Page<Survey>>("/surveys", { limit: 200 }, signal)).items,
  });
}

export function useCampaigns() {
  return useQuery({
    queryKey: ["campaigns"],
    queryFn: async ({ signal }) => (await api.get<Page<Campaign>>("/campaigns", undefined, signal)).items,
  });
}

export type CampaignBody = Partial<
  Pick<
    Campaign,
    "active" | "roles" | "anonymous" | "open_days" | "reminders" | "reminder_days" | "fatigue_days" | "low_at_most"
  >
>;
export const changeCampaign = (item: Campaign, body: CampaignBody) =>
  api.patch<Campaign>(`/campaigns/${item.id}`, body, item.version);

export function useOwnInvitations(enabled = true) {
  return useQuery({
    queryKey: ["invitations", "own"],
    enabled,
    queryFn: async ({ signal }) =>
      (await api.get<Page<SurveyInvitation>>("/invitations", { waiting: true, sort: "closes_at", limit: 50 }, signal))
        .items,
  });
}

/** The address of one's own survey, as in the mail. */
export const openInvitation = (id: string) =>
  api.post<{ path: string }>(`/invitations/${id}/open`, undefined, { comesAgain: true });
