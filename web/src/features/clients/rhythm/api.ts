import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Client, Grade, GradeEntry, Page } from "@/api/types";

// A grade may be given, taken and given again for the same reason.
export const gradeClient = (id: string, body: { grade: Grade | null; reason: string }) =>
  api.post<Client>(`/clients/${id}/grade`, body, { comesAgain: true });

export function useGrades(clientId: string, enabled: boolean) {
  return useQuery({
    queryKey: ["clients", clientId, "grades"],
    enabled,
    queryFn: async ({ signal }) =>
      (await api.get<Page<GradeEntry>>(`/clients/${clientId}/grades`, { limit: 50 }, signal)).items,
  });
}
