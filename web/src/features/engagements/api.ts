/** What the pages of engagements ask and do; one place for their addresses. */
import { useQuery } from "@tanstack/react-query";
import { api, type Query } from "@/api/client";
import { everyPage } from "@/api/paging";
import type { Candidate, Engagement, EngagementStepEntry, Member, MemberRole, Page, TeamMap } from "@/api/types";

const MANY = 200;

export function useEngagement(id: string) {
  return useQuery({
    queryKey: ["engagements", id],
    queryFn: ({ signal }) => api.get<Engagement>(`/engagements/${id}`, undefined, signal),
  });
}

export function useEngagements(query: Query, enabled = true) {
  return useQuery({
    queryKey: ["engagements", "some", query],
    enabled,
    queryFn: async ({ signal }) =>
      (await api.get<Page<Engagement>>("/engagements", { limit: MANY, ...query }, signal)).items,
  });
}

export function useTeam(id: string, enabled = true) {
  return useQuery({
    queryKey: ["members", "team", id],
    enabled,
    queryFn: ({ signal }) => api.get<TeamMap>(`/engagements/${id}/team`, undefined, signal),
  });
}

export function useMembers(id: string) {
  return useQuery({
    queryKey: ["members", "all", id],
    queryFn: async ({ signal }) =>
      (await api.get<Page<Member>>("/members", { engagement_id: id, limit: MANY }, signal)).items,
  });
}

export function useCandidates(id: string) {
  return useQuery({
    queryKey: ["members", "candidates", id],
    queryFn: ({ signal }) => api.get<Candidate[]>(`/engagements/${id}/candidates`, undefined, signal),
  });
}

export function useHistory(id: string, enabled: boolean) {
  return useQuery({
    queryKey: ["engagements", id, "steps"],
    enabled,
    queryFn: ({ signal }) =>
      everyPage<EngagementStepEntry>(`/engagements/${id}/steps`, { sort: "-at,-position" }, signal),
  });
}

export interface EngagementBody {
  title: string;
  objectives: string | null;
  domains: string[];
  small: boolean;
  starts_on: string | null;
}
export interface NewEngagement extends EngagementBody {
  client_id: string;
  consulting_pm_id: string | null;
  director_id: string | null;
}
export const draftEngagement = (body: NewEngagement) => api.post<Engagement>("/engagements", body);
export const changeEngagement = (id: string, body: Partial<EngagementBody>, version: number) =>
  api.patch<Engagement>(`/engagements/${id}`, body, version);

export type EngagementAct =
  "propose" | "activate" | "hold" | "resume" | "start-closing" | "close" | "cancel" | "confirm-plan";
// The same step may be taken again after a way back.
export const actOnEngagement = (id: string, act: EngagementAct, body?: { reason: string }) =>
  api.post<Engagement>(`/engagements/${id}/${act}`, body, { comesAgain: true });

export interface MemberBody {
  engagement_id: string;
  user_id: string;
  role: MemberRole;
  domains: string[];
  answers_to: string | null;
  starts_on?: string | null;
  ends_on?: string | null;
}
export const addMember = (body: MemberBody) => api.post<Member>("/members", body);
export const changeMember = (
  member: Pick<Member, "id" | "version">,
  body: Partial<Pick<MemberBody, "domains" | "answers_to" | "ends_on">>,
) => api.patch<Member>(`/members/${member.id}`, body, member.version);
export const endMember = (id: string, endsOn: string | null) =>
  api.post<Member>(`/members/${id}/end`, { ends_on: endsOn });

/** Everything an act on an engagement may change. */
export const ENGAGEMENT_KEYS = [
  "engagements",
  "members",
  "phases",
  "tasks",
  "key-nodes",
  "deliverables",
  "waiting",
] as const;
