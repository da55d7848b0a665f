import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { everyPage } from "@/api/paging";
import type { KeyNode, Phase, Task } from "@/api/types";

const inPlanOrder = <T extends { position: number }>(rows: T[]) => rows.sort((a, b) => a.position - b.position);

export function usePhases(engagementId: string) {
  return useQuery({
    queryKey: ["phases", engagementId],
    queryFn: async ({ signal }) =>
      inPlanOrder(await everyPage<Phase>("/phases", { engagement_id: engagementId }, signal)),
  });
}

export function useTasks(engagementId: string) {
  return useQuery({
    queryKey: ["tasks", engagementId],
    queryFn: async ({ signal }) =>
      inPlanOrder(await everyPage<Task>("/tasks", { engagement_id: engagementId }, signal)),
  });
}

export function useKeyNodes(engagementId: string) {
  return useQuery({
    queryKey: ["key-nodes", engagementId],
    queryFn: ({ signal }) =>
      everyPage<KeyNode>("/key-nodes", { engagement_id: engagementId, sort: "planned_on" }, signal),
  });
}

export function useTask(id: string) {
  return useQuery({
    queryKey: ["tasks", "one", id],
    queryFn: ({ signal }) => api.get<Task>(`/tasks/${id}`, undefined, signal),
  });
}

const on = (day: string | null) => ({ on: day });
export const startPhase = (id: string, day: string | null = null) =>
  api.post<Phase>(`/phases/${id}/start`, on(day));
export const endPhase = (id: string, day: string | null = null) =>
  api.post<Phase>(`/phases/${id}/end`, on(day));
export const moveTask = (id: string, act: "start" | "finish", day: string | null = null) =>
  api.post<Task>(`/tasks/${id}/${act}`, on(day));
export const assignTask = (id: string, userId: string | null) =>
  api.post<Task>(`/tasks/${id}/assign`, { user_id: userId }, { comesAgain: true });
export const changeTask = (task: Task, days: number) => api.patch<Task>(`/tasks/${task.id}`, { days }, task.version);
export const holdNode = (id: string, day: string | null = null) =>
  api.post<KeyNode>(`/key-nodes/${id}/hold`, on(day));
