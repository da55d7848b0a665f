import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type {
  CaseLine,
  Client,
  Contact,
  EngagementLine,
  Interaction,
  JobStarted,
  OpportunityLine,
  Page,
  Stage,
  SurveyResults,
  TimelineEntry,
} from "@/api/types";

export interface ClientPageData {
  client: Client; contacts: Contact[]; timeline: TimelineEntry[]; cases: CaseLine[]; opportunities: OpportunityLine[];
  engagements: EngagementLine[]; surveys: SurveyResults;
}

const NUMBER = /^C-\d+$/;

/** Everything the client page shows, in one question; in two where the address has the client's number. */
export function useClientPage(id: string) {
  return useQuery({
    queryKey: ["clients", id, "page"],
    queryFn: async ({ signal }) => {
      const own = NUMBER.test(id) ? (await api.get<Client>(`/clients/${id}`, undefined, signal)).id : id;
      return api.get<ClientPageData>(`/clients/${own}/page`, undefined, signal);
    },
  });
}

export function useClient(id: string | undefined) {
  return useQuery({
    queryKey: ["clients", id], enabled: Boolean(id),
    queryFn: ({ signal }) => api.get<Client>(`/clients/${id ?? ""}`, undefined, signal),
  });
}

export function useContacts(clientId: string | undefined) {
  return useQuery({
    queryKey: ["contacts", clientId], enabled: Boolean(clientId),
    queryFn: ({ signal }) => api.get<Page<Contact>>("/contacts", { client_id: clientId, limit: 200 }, signal),
  });
}

export function useInteractions(clientId: string) {
  return useQuery({
    queryKey: ["interactions", clientId],
    queryFn: ({ signal }) =>
      api.get<Page<Interaction>>("/interactions", { client_id: clientId, sort: "-occurred_at", limit: 20 }, signal),
  });
}

export type ClientBody = Partial<Omit<Client, "id" | "owner" | "version" | "can">>;

export const createClient = (body: ClientBody & { confirm_distinct_from?: string[] }) =>
  api.post<Client>("/clients", body);
export const changeClient = (id: string, body: ClientBody, version: number) =>
  api.patch<Client>(`/clients/${id}`, body, version);
export const archiveClient = (client: Client) => api.remove(`/clients/${client.id}`, client.version);
export const restoreClient = (client: Client) =>
  api.post(`/clients/${client.id}/restore`, undefined, { comesAgain: true });
export const moveStage = (client: Client, body: { stage: Stage; reason?: string }) =>
  api.post(`/clients/${client.id}/stage`, body, { version: client.version, comesAgain: true });

export interface BulkChange { owner_id?: string; add_tags?: string[]; remove_tags?: string[] }
export const changeMany = (which: { ids?: readonly string[]; filter?: string }, change: BulkChange) =>
  api.post<JobStarted>("/clients/bulk", { ...which, change });
