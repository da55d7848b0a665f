/** What the desk's pages ask and do; one place for its addresses. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { everyPage } from "@/api/paging";
import type {
  Case,
  CaseKind,
  FollowUp,
  KeptRate,
  Message,
  Money,
  Note,
  Priority,
  PromiseKind,
  PromiseRecord,
  Risk,
  Severity,
  Solution,
  Step,
} from "@/api/types";

export function useCase(id: string) {
  return useQuery({
    queryKey: ["cases", id],
    queryFn: ({ signal }) => api.get<Case>(`/cases/${id}`, undefined, signal),
  });
}

function useOfCase<T>(key: string, path: string, query: Record<string, string | number>, enabled = true) {
  return useQuery({
    queryKey: [key, path, query], enabled,
    queryFn: ({ signal }) => everyPage<T>(path, query, signal),
  });
}

export const useMessages = (id: string) =>
  useOfCase<Message>("messages", `/cases/${id}/messages`, { sort: "created_at" });
export const useNotes = (id: string, enabled: boolean) =>
  useOfCase<Note>("notes", `/cases/${id}/notes`, { sort: "created_at" }, enabled);
export const useSteps = (id: string) => useOfCase<Step>("steps", `/cases/${id}/steps`, { sort: "-at,-position" });
export const usePromises = (id: string, enabled = true) =>
  useOfCase<PromiseRecord>("promises", "/promises", { case_id: id, sort: "due_at" }, enabled);
export function useKeptRate(whose: { made_by?: string; client_id?: string }) {
  return useQuery({
    queryKey: ["promises", "kept-rate", whose],
    queryFn: ({ signal }) => api.get<KeptRate>("/promises/kept-rate", whose, signal),
  });
}
export const useSolutions = (id: string) =>
  useOfCase<Solution>("solutions", "/solutions", { case_id: id, sort: "offered_at" });
export const useFollowUps = (id: string) =>
  useOfCase<FollowUp>("follow-ups", "/follow-ups", { case_id: id, sort: "due_on" });

/** Everything an act on a case may change. */
export const CASE_KEYS = [
  "cases",
  "messages",
  "notes",
  "steps",
  "promises",
  "solutions",
  "follow-ups",
  "clients",
] as const;

export interface CaseBody {
  kind: CaseKind;
  subject: string;
  description: string;
  remedy_sought?: string | null;
  client_id?: string;
  requester_id?: string;
  priority?: Priority;
  severity?: Severity | null;
  channel?: string;
  about_user_ids?: string[];
}
export const openCase = (body: CaseBody) => api.post<Case>("/cases", body);
export const changeCase = (item: Case, body: Partial<Case>) => api.patch<Case>(`/cases/${item.id}`, body, item.version);

export type CaseAct =
  | "assign"
  | "restate"
  | "confirm-need"
  | "resolve"
  | "close"
  | "reopen"
  | "withdraw"
  | "about"
  | "start"
  | "wait"
  | "resume";
// The same step may be taken again after a way back.
export const actOnCase = (id: string, act: CaseAct, body: object = {}) =>
  api.post<Case>(`/cases/${id}/${act}`, body, { comesAgain: true });

/** With whom a case was seen: it is given to somebody only while it is still there. */
export const seenWith = (item: Case) => ({ instead_of: item.assignee?.id ?? null });
export const take = (item: Case, me: string | undefined) =>
  actOnCase(item.id, "assign", { assignee_id: me, ...seenWith(item) });

export const reply = (id: string, body: string) => api.post<Message>(`/cases/${id}/messages`, { body });
export const addNote = (id: string, body: string) => api.post<Note>(`/cases/${id}/notes`, { body });

export interface PromiseBody { case_id: string; kind: PromiseKind; due_at: string; text?: string | null }
export const makePromise = (body: PromiseBody) => api.post<PromiseRecord>("/promises", body);
export const renegotiate = (id: string, body: { due_at: string; reason: string }) =>
  api.post<PromiseRecord>(`/promises/${id}/renegotiate`, body);
export const keepPromise = (id: string, note: string | null) =>
  api.post<PromiseRecord>(`/promises/${id}/keep`, { note });

export interface SolutionBody {
  case_id: string;
  title: string;
  description: string;
  cost: Money | null;
  duration_days: number | null;
  risk: Risk | null;
}
export const offerSolution = (body: SolutionBody) => api.post<Solution>("/solutions", body);
export const acceptSolution = (id: string) => api.post<Solution>(`/solutions/${id}/accept`, {});
export const declineSolution = (id: string, reason: string) =>
  api.post<Solution>(`/solutions/${id}/decline`, { reason });
export const withdrawSolution = (id: string) => api.post<Solution>(`/solutions/${id}/withdraw`, {});

export const planFollowUp = (caseId: string, dueOn: string) =>
  api.post<FollowUp>("/follow-ups", { case_id: caseId, due_on: dueOn });
export interface Recorded {
  satisfied: boolean;
  score: number | null;
  notes: string | null;
  reopen: boolean;
}
export const recordFollowUp = (id: string, body: Recorded) => api.post<FollowUp>(`/follow-ups/${id}/record`, body);
export const waiveFollowUp = (id: string, reason: string) => api.post<FollowUp>(`/follow-ups/${id}/waive`, { reason });

/** A resolution that a reopening has overtaken stays until there is another. */
export const hasEarlierResolution = (item: Pick<Case, "status" | "resolution">) =>
  Boolean(item.resolution) && item.status !== "resolved" && item.status !== "closed";
/** Over: the firm owes nothing on it any more. */
export const isOver = (item: Pick<Case, "status">) => ["resolved", "closed", "withdrawn"].includes(item.status);
