import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Client } from "@/api/types";

export const FATES = ["same", "stays", "taken", "dropped", "joined"] as const;
export const FIELDS = [
  "legal_name", "short_name", "credit_code", "province", "city", "industry", "employees", "revenue", "website", "phone",
  "email_domain", "source", "stage", "owner", "strength", "likelihood", "contract_total", "first_contact_on", "grade",
  "notes", "aliases", "main_products", "tags",
] as const;
export const MOVES = [
  "contacts", "interactions", "opportunities", "cases", "engagements", "survey_results", "accounts",
] as const;
export type Fate = (typeof FATES)[number];
export type MergeField = (typeof FIELDS)[number];

export interface ComparedField { name: MergeField; fate: Fate; kept: unknown; source: unknown }
export interface MergePreview {
  kept: { legal_name: string }; source: { legal_name: string };
  fields: ComparedField[]; moves: Record<(typeof MOVES)[number], number>;
}

/** What a merge would do, before anything is written. */
export function useMergePreview(client: Client, sourceId: string | undefined) {
  return useQuery({
    queryKey: ["clients", client.id, "merge", sourceId], enabled: Boolean(sourceId), retry: false,
    queryFn: () => api.post<MergePreview>(`/clients/${client.id}/merge`, { source_id: sourceId, preview: true }),
  });
}

export const mergeClients = (client: Client, sourceId: string) =>
  api.post<Client>(`/clients/${client.id}/merge`, { source_id: sourceId }, { comesAgain: true });
export const splitClient = (client: Client, sourceId: string, reason: string) =>
  api.post<Client>(`/clients/${client.id}/split`, { source_id: sourceId, reason }, { comesAgain: true });
