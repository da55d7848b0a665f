/** The shapes that cross HTTP, as the services answer them. */

export interface Money { amount_minor: number; currency: string }
export interface Ref { id: string; name: string }
/** A sentence of the system's own: in both languages, or already in the caller's. */
export type Said = string | { en: string; zh: string };
export interface Page<T> { items: T[]; next_cursor: string | null; total?: number | string | null }

export type Side = "firm" | "client";
export type Language = "zh-CN" | "en";

export interface User {
  id: string; email: string; name: string; side: Side; roles: string[];
  client: Ref | null; title: string | null; language: string | null;
  status: "invited" | "active" | "deactivated";
  created_at: string; updated_at: string; version: number; last_seen_at: string | null;
}

export interface Me {
  user: User; side: Side; roles: string[]; client: Ref | null;
  permissions: string[]; csrf_token?: string | null; demo?: boolean;
  firm?: { name?: string | null; zone?: string | null; currency?: string | null } | null;
}

export type Stage =
  | "prospect" | "qualified" | "negotiating" | "active" | "dormant" | "former" | "disqualified";

export interface Client {
  id: string; number: string; legal_name: string; short_name: string | null; aliases: string[];
  credit_code: string | null; province: string | null; city: string | null; industry: string | null;
  main_products: string[]; employees: number | null; revenue: Money | null;
  website: string | null; phone: string | null; email_domain?: string | null; source: string | null;
  stage: Stage; owner?: Ref | null; owner_name?: string | null; owner_id: string | null; tags: string[];
  strength: number | null; likelihood: number | null; contract_total: Money | null;
  first_contact_on: string | null; notes: string | null;
  last_contact_at: string | null; open_cases?: number; contacts_count: number;
  archived_at: string | null; created_at: string; updated_at: string; version: number;
  can?: string[];
}

export interface Contact {
  id: string; client_id: string; name: string; title: string | null; department: string | null;
  mobile: string | null; phone: string | null; email: string | null; wechat: string | null;
  decision_role: string | null; preferred_channel: string | null;
  do_not_contact: boolean; do_not_contact_reason: string | null; notes: string | null;
  version: number; created_at?: string; updated_at?: string; can?: string[];
}

export type InteractionKind =
  | "call" | "visit" | "meeting" | "message" | "mail" | "event" | "greeting";

export interface Amendment { id: string; at: string; by_name: string; summary: string; reason: string }
export interface Interaction {
  id: string; client_id: string; client?: Ref | null; kind: InteractionKind; occurred_at: string;
  contacts: Ref[]; contact_ids: string[]; participants: Ref[]; participant_ids: string[]; summary: string; intent: number | null;
  next_step: string | null; next_step_on: string | null; locked_at: string | null;
  amendments: Amendment[]; author: Ref | null; version: number; can?: string[];
}

export interface TimelineEntry {
  id: string; at: string; source: string; kind: string; record_id: string; record_number: string | null;
  title: string; actor_name: string; sentence: Said;
}

/** An open case as the client page knows it. */
export interface CaseLine {
  id: string; number: string; subject: string; kind: CaseKind; status: CaseStatus;
  requester_name: string | null; assignee_name: string | null; next_due_at: string | null; opened_at: string;
}

export type CaseKind = "request" | "complaint" | "praise" | "suggestion" | "inquiry";
export type Priority = "low" | "normal" | "high" | "urgent";
export type Severity = "minor" | "moderate" | "major" | "critical";
export type CaseStatus =
  | "open" | "assigned" | "in_progress" | "waiting_client" | "solution_offered"
  | "solution_accepted" | "resolved" | "closed" | "reopened" | "withdrawn";
export type PromiseKind = "first_response" | "update" | "resolution" | "solution" | "callback";
export type PromiseStatus = "made" | "kept" | "broken" | "superseded" | "released";
export interface NextPromise { id: string; due_at: string; kind: PromiseKind; status: PromiseStatus }

export interface Case {
  id: string; number: string; kind: CaseKind; subject: string; description?: string;
  remedy_sought: string | null; priority?: Priority; severity?: Severity | null; status: CaseStatus;
  client: Ref | null; client_id: string; requester: Ref | null; requester_id: string | null;
  assignee: Ref | null; assignee_id: string | null; about_user_ids?: string[];
  channel: string; acknowledged_at: string | null; restated_need?: string | null; need_comment?: string | null;
  waiting_since?: string | null; need_awaited?: boolean;
  need_confirmed_at: string | null; next_promise: NextPromise | null; next_due_at: string | null;
  resolution?: string | null; resolved_at: string | null; closed_at: string | null;
  created_at: string; updated_at: string; version: number; can?: string[];
}

export interface Message {
  id: string; case_id: string; body: string; author: Ref | null; author_name: string; author_side: Side | "system";
  created_at: string;
}
export interface Note { id: string; case_id: string; body: string; author: Ref; created_at: string }
export interface Step {
  id: string; at: string; kind: string; actor_name: string | null; firm_only?: boolean; text: Said | null;
}

export interface PromiseRecord {
  id: string; case_id: string; kind: PromiseKind; due_at: string; text: string | null;
  status: PromiseStatus; made_by: Ref; made_at: string; settled_at: string | null;
  note: string | null; reason: string | null; replaces_id: string | null; version: number; can?: string[];
}

export type Risk = "low" | "medium" | "high";
export interface Solution {
  id: string; case_id: string; title: string; description: string; cost: Money | null;
  duration_days: number | null; risk: Risk | null;
  status: "offered" | "accepted" | "declined" | "not_chosen" | "withdrawn";
  decline_reason: string | null; offered_at: string; offered_by: Ref; version: number; can?: string[];
}

export interface FollowUp {
  id: string; case_id: string; due_on: string; status: "scheduled" | "done" | "waived";
  recorded_at: string | null; recorded_by_name?: string | null; satisfied: boolean | null; score: number | null;
  notes?: string | null; waive_reason?: string | null; reopened: boolean; version: number; can?: string[];
}

export interface ImportColumn { column: string; heading: string; field: string | null; sample: string | null }
export interface ImportJob {
  id: string; file_name: string;
  status: "analysing" | "ready" | "applying" | "applied" | "undone" | "failed";
  columns: ImportColumn[];
  counts: Record<string, number>; progress: { done: number; total: number } | null; task: "analyse" | "apply" | "undo";
  created_at?: string; created_by?: Ref | null; error?: string | null; fields?: ImportField[]; can?: string[];
}
export interface ImportField { name: string; required: boolean }
export interface ImportProblem {
  id: number; row: number; column: string | null; heading: string | null; value: string | null;
  reason: string; text: Said; severity: "error" | "warning";
}

export interface SearchHit {
  id: string; kind: string; title: string; subtitle: string | null; client: Ref | null;
}
export interface Mail {
  id: string; at: string; sender: string; to: string; subject: string; text: string; html?: string | null;
}
export interface AuditEntry {
  id: string; at: string; actor_name: string | null; actor_side: string; action: string;
  subject_kind: string; subject_id: string; request_id: string; before: unknown; after: unknown; sealed: boolean;
}
