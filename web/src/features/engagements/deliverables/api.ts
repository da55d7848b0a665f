import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Deliverable, DeliverableComment, DeliverableVersion, Page, Verdict } from "@/api/types";

const MANY = 200;

export function useDeliverables(engagementId: string) {
  return useQuery({
    queryKey: ["deliverables", "of", engagementId],
    queryFn: async ({ signal }) =>
      (await api.get<Page<Deliverable>>("/deliverables", { engagement_id: engagementId, limit: MANY }, signal)).items,
  });
}

export function useDeliverable(id: string) {
  return useQuery({
    queryKey: ["deliverables", id],
    queryFn: ({ signal }) => api.get<Deliverable>(`/deliverables/${id}`, undefined, signal),
  });
}

function useUnder<T>(id: string, part: "versions" | "comments" | "verdicts") {
  return useQuery({
    queryKey: ["deliverables", id, part],
    queryFn: async ({ signal }) =>
      (await api.get<Page<T>>(`/deliverables/${id}/${part}`, { limit: MANY }, signal)).items,
  });
}
export const useVersions = (id: string) => useUnder<DeliverableVersion>(id, "versions");
export const useComments = (id: string) => useUnder<DeliverableComment>(id, "comments");
export const useVerdicts = (id: string) => useUnder<Verdict>(id, "verdicts");

// The same step comes again with the next version.
const act = (id: string, step: string, body: object = {}) =>
  api.post<Deliverable>(`/deliverables/${id}/${step}`, body, { comesAgain: true });
export const submitVersion = (id: string, body: { text: string | null; reference: string | null }) =>
  act(id, "submit", body);
export const comment = (id: string, body: string) =>
  api.post<DeliverableComment>(`/deliverables/${id}/comments`, { body });
export const check = (id: string, passed: boolean, reason: string | null) => act(id, "check", { passed, reason });
export const decide = (id: string, accepted: boolean, reason: string | null) => act(id, "decide", { accepted, reason });
export type PlainStep = "take-back" | "request-check" | "start-rollout" | "finish-rollout";
export const takeStep = (id: string, step: PlainStep) =>
  api.post<Deliverable>(`/deliverables/${id}/${step}`, undefined, { comesAgain: true });

export const DELIVERABLE_KEYS = ["deliverables", "waiting", "engagements", "tasks"] as const;
