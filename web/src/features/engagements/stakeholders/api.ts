import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Bypass, Channel, Page, Stakeholder, StakeholderAction } from "@/api/types";

export function useStakeholders(engagementId: string) {
  return useQuery({
    queryKey: ["stakeholders", "of", engagementId],
    queryFn: async ({ signal }) =>
      (await api.get<Page<Stakeholder>>("/stakeholders", { engagement_id: engagementId, limit: 200 }, signal)).items,
  });
}

export function useActions(id: string) {
  return useQuery({
    queryKey: ["stakeholders", id, "actions"],
    queryFn: async ({ signal }) =>
      (await api.get<Page<StakeholderAction>>(`/stakeholders/${id}/actions`, { limit: 200 }, signal)).items,
  });
}

export function useBypasses(engagementId: string) {
  return useQuery({
    queryKey: ["stakeholders", "bypasses", engagementId],
    queryFn: async ({ signal }) =>
      (await api.get<Page<Bypass>>(`/engagements/${engagementId}/bypasses`, { limit: 200 }, signal)).items,
  });
}

export type Occasion = "routine" | "key_node";
export type Reached = Pick<Stakeholder, "user_id" | "contact_id">;

/** How this person is reached now: directly, or through whom. */
export function useChannel(engagementId: string, who: Reached, occasion: Occasion) {
  return useQuery({
    queryKey: ["members", "channel", engagementId, who.user_id, who.contact_id, occasion],
    queryFn: ({ signal }) =>
      api.get<Channel>(
        `/engagements/${engagementId}/channel`,
        { user_id: who.user_id, contact_id: who.user_id ? null : who.contact_id, occasion },
        signal,
      ),
  });
}

export interface ProfileBody {
  name: string;
  title: string | null;
  influence: number;
  interest: number;
  stance_now: Stakeholder["stance_now"];
  stance_wanted: Stakeholder["stance_wanted"];
  traits: string | null;
  motives: string | null;
  concerns: string | null;
  approach: string | null;
}
export const addProfile = (body: ProfileBody & { engagement_id: string; user_id: string }) =>
  api.post<Stakeholder>("/stakeholders", body);
export const changeProfile = (item: Stakeholder, body: Partial<Omit<ProfileBody, "name">>) =>
  api.patch<Stakeholder>(`/stakeholders/${item.id}`, body, item.version);
export const planAction = (id: string, body: { text: string; due_on: string; owner_id: string | null }) =>
  api.post(`/stakeholders/${id}/actions`, body);
export const finishAction = (id: string, actionId: string) =>
  api.post(`/stakeholders/${id}/actions/${actionId}/finish`);
export const recordBypass = (
  engagementId: string,
  body: Reached & { name: string; occasion: Occasion; reason: string },
) => api.post(`/engagements/${engagementId}/bypasses`, body);
