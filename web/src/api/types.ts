/** The shapes that cross HTTP: all from the API's own document, so that drift fails the type check. */
import type { components } from "./schema";

type Schemas = components["schemas"];
/** Fields that only some answers carry: the detail, not the list, or the firm's view, not the client's. */
type Loose<T, K extends keyof T> = Omit<T, K> & { [P in K]?: T[P] };
/** What may be done is text here: the interface asks for acts by name. */
type Acting<T> = Omit<T, "can"> & { can?: readonly string[] };

export type Money = Schemas["Money"];
/** A record by id and name; the name is null until it is known where it is told. */
export interface Ref { id: string; name: string | null }
/** A sentence of the system's own: in both languages, or already in the caller's. */
export type Said = string | { en: string; zh: string };
export interface Page<T> { items: T[]; next_cursor: string | null; total?: number | string | null }

export type Language = "zh-CN" | "en";
export type User = Acting<Loose<Schemas["UserDetail"], "last_seen_at">>;
export type Side = User["side"];
export type Me = Omit<Schemas["Me"], "user"> & { user: User };

export type Stage = Schemas["Client"]["stage"];
export type Client = Acting<
  Loose<
    Schemas["ClientDetail"],
    | "owner"
    | "owner_name"
    | "email_domain"
    | "open_cases"
    | "notes"
    | "import_id"
    | "merged_clients"
    | "grade_reason"
    | "graded_on"
    | "call_days"
    | "visit_days"
  >
>;
export type Grade = NonNullable<Client["grade"]>;
export type GradeEntry = Schemas["ClientGrade"];
export type Opportunity = Acting<Loose<Schemas["OpportunityDetail"], "notes" | "stages">>;
export type OpportunityStage = Opportunity["stage"];
export type StageStay = Schemas["StageStay"];
/** An open opportunity as the client page knows it. */
export type OpportunityLine = Pick<
  Opportunity,
  "id" | "number" | "title" | "stage" | "probability" | "close_on" | "amount"
> & { owner_name: string | null };
export type Contact = Acting<
  Loose<
    Schemas["ContactDetail"],
    "phone" | "notes" | "archived_at" | "created_at" | "updated_at" | "client" | "client_id"
  >
>;
export type Interaction = Acting<Schemas["InteractionDetail"]>;
export type InteractionKind = Interaction["kind"];
export type TimelineEntry = Loose<Schemas["TimelineEntry"], "actor_id">;

/** An open case as the client page knows it. */
export type CaseLine = Pick<
  Case,
  "id" | "number" | "subject" | "subject_texts" | "kind" | "status" | "next_due_at" | "overdue_since"
> & {
  requester_name: string | null; assignee_name: string | null; opened_at: string;
  next_promise: { paused: boolean } | null;
};

type FirmOnly = "priority" | "severity" | "about_user_ids";
type InDetailOnly = Exclude<keyof Schemas["CaseDetail"], keyof Schemas["Case"]>;
export type Case = Acting<Loose<Schemas["CaseDetail"], FirmOnly | InDetailOnly>>;
export type CaseKind = Case["kind"];
export type CaseStatus = Case["status"];
export type Priority = NonNullable<Case["priority"]>;
export type Severity = NonNullable<Case["severity"]>;
export type Message = Schemas["Message"];
export type Note = Schemas["Note"];
export type Step = Loose<Schemas["CaseStep"], "firm_only" | "case_id" | "position" | "params">;
export type PromiseRecord = Acting<Schemas["PromiseDetail"]>;
export type PromiseKind = PromiseRecord["kind"];
export type PromiseStatus = PromiseRecord["status"];
export type Solution = Acting<Schemas["SolutionDetail"]>;
export type Risk = Exclude<Solution["risk"], null>;
export type FollowUp = Acting<Loose<Schemas["FollowUpDetail"], "notes" | "waive_reason">>;

export type Engagement = Acting<
  Loose<
    Schemas["EngagementDetail"],
    Exclude<keyof Schemas["EngagementDetail"], keyof Schemas["Engagement"]> | "opportunity_id"
  >
>;
export type EngagementStatus = Engagement["status"];
/** An engagement as the client page knows it. */
export type EngagementLine = Pick<Engagement, "id" | "number" | "title" | "status"> & {
  starts_on: string | null; ends_on: string | null; consulting_pm_name: string | null;
  phases: PhaseLine[]; team: { client: number; firm: number; gaps: { en: string; zh: string }[] } | null;
};
export interface PhaseLine {
  id: string;
  title: { en: string; zh: string };
  status: Phase["status"];
  starts_on: string | null;
  ends_on: string | null;
}
export type Member = Acting<
  Loose<Schemas["MemberDetail"], Exclude<keyof Schemas["MemberDetail"], keyof Schemas["Member"]>>
>;
export type MemberRole = Member["role"];
export type EngagementStepEntry = Loose<Schemas["EngagementStep"], "firm_only">;
export type Phase = Schemas["Phase"];
export type Task = Acting<Loose<Schemas["TaskDetail"], never>>;
export type KeyNode = Schemas["KeyNode"];
export type Deliverable = Acting<Loose<Schemas["DeliverableDetail"], never>>;
export type DeliverableStatus = Deliverable["status"];
export type DeliverableVersion = Schemas["DeliverableVersion"];
export type DeliverableComment = Schemas["DeliverableComment"];
export type Verdict = Schemas["DeliverableVerdict"];
export type WaitingItem = Schemas["WaitingItem"];
export type Stakeholder = Acting<Loose<Schemas["StakeholderDetail"], never>>;
export type Bypass = Schemas["Bypass"];
export type Stance = Stakeholder["stance_now"];
export type StakeholderAction = Schemas["StakeholderAction"];
export type Channel = Schemas["EngagementsChannel"];
export type Candidate = Schemas["Candidate"];
export type OwnStakeholderAction = Schemas["OwnStakeholderAction"];
export type TeamMap = Schemas["TeamMap"];
export type TeamPerson = Schemas["TeamPerson"];
export type Gap = Schemas["GapOut"];

export type KeptRate = Schemas["KeptRate"];
export type Survey = Schemas["Survey"];
export type Campaign = Schemas["Campaign"];
export type SurveyInvitation = Loose<
  Schemas["Invitation"],
  "person" | "person_id" | "role" | "round_id" | "reminders_sent"
>;
export type SurveyResponse = Schemas["Response"];
export type Score = Schemas["Score"];
export type SurveyKind = Score["kind"];
/** What the client page knows of a client's answers: those within the reader's reach. */
export interface SurveyResults {
  scores: (Pick<Score, "kind" | "responses"> & { score: number; low: number; high: number })[];
  latest: SurveyResult[];
}
/** A person's answer, or what a closed anonymous round says of everybody in it. */
export interface SurveyResult extends Pick<
  SurveyResponse,
  "id" | "kind" | "score" | "low" | "role" | "subject" | "engagement_id" | "case_id" | "comment"
> {
  responses: number;
  person_name: string | null;
  at: string;
  follow_up: Pick<Case, "id" | "number" | "status"> | null;
}

export type ImportJob = Acting<Loose<Schemas["ImportDetail"], "fields">>;
export type ImportProblem = Schemas["ImportProblem"];
export type JobStarted = Schemas["JobStarted"];
export type JobStatus = Schemas["JobStatus"];
export type SavedView = Loose<Schemas["View"], "owner" | "role">;
export type ApiKey = Schemas["ApiKey"];
export type KeyMade = Schemas["KeyMade"];
export type SearchHit = Schemas["Finding"];
export type Mail = Loose<Schemas["MailDetail"], "html">;
export type DeadLetter = Schemas["DeadLetterOut"];
export type AuditEntry = Schemas["AuditEntry"];
