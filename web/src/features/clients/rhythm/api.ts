import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Client, Grade, GradeEntry, Page } from "@/api/types";

export const gradeClient = (id: string, body: { grade: Grade | null; reason: string }) =>
  api.post<Client>(`/clients/${id}/grade`, body, { idempotencyKey: crypto.randomUUID() });

export function useGrades(clientId: string, enabled: boolean) {
  return useQuery({
    queryKey: ["clients", clientId, "grades"], enabled,
    queryFn: async ({ signal }) => (await api.get<Page<GradeEntry>>(`/clients/${clientId}/grades`, { limit: 50 }, signal)).items,
  });
}
