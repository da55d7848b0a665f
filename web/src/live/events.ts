/** From a live event to what it makes stale. */

/** What the stream says: that something happened to a record, not what. */
export interface LiveEvent { type: string; id: string }

const STALE: Record<string, readonly string[]> = {
  client: ["clients"],
  contact: ["contacts", "clients"],
  interaction: ["interactions", "clients"],
  opportunity: ["opportunities", "clients"],
  engagement: ["engagements", "phases", "tasks", "key-nodes", "waiting", "opportunities", "clients"],
  member: ["members", "engagements", "waiting"],
  deliverable: ["deliverables", "engagements", "waiting"],
  task: ["tasks", "engagements", "waiting"],
  response: ["responses", "scores", "clients"],
  round: ["invitations", "scores", "responses"],
  import: ["imports", "clients"],
  // Messages, promises, solutions and follow-ups travel as part of their case.
  case: ["cases", "messages", "notes", "steps", "promises", "solutions", "follow-ups", "clients"],
  user: ["users"],
};

/** `desk.case.opened.v1` concerns `case`. */
function aggregateOf(type: string): string { return type.split(".")[1] ?? ""; }

export function staleKeys(type: string): readonly string[] { return STALE[aggregateOf(type)] ?? []; }

export const RESET = "reset";

/** Reads a notification; null for anything that is none. */
export function parseLive(text: string): LiveEvent | null {
  let body: unknown;
  try { body = JSON.parse(text); }
  catch (error) { if (error instanceof SyntaxError) return null; throw error; }
  if (typeof body !== "object" || body === null) return null;
  const { type, aggregate_id: id } = body as { type?: unknown; aggregate_id?: unknown };
  return typeof type === "string" && typeof id === "string" ? { type, id } : null;
}
