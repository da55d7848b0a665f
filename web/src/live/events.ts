/** From a live event to what it makes stale. */

export interface LiveEvent { type: string; id: string | null; actorId: string | null; version: number | null }

const STALE: Record<string, readonly string[]> = {
  client: ["clients"],
  contact: ["contacts", "clients"],
  interaction: ["interactions", "clients"],
  import: ["imports", "clients"],
  case: ["cases", "messages", "notes", "steps", "clients"],
  message: ["messages", "steps", "cases"],
  note: ["notes", "steps"],
  promise: ["promises", "cases", "steps", "clients"],
  solution: ["solutions", "cases", "steps"],
  follow_up: ["follow-ups", "cases", "steps"],
  user: ["users"],
};

/** `desk.case.opened.v1` concerns `case`. */
export function aggregateOf(type: string): string { return type.split(".")[1] ?? ""; }

export function staleKeys(type: string): readonly string[] { return STALE[aggregateOf(type)] ?? []; }

/** Reads a CloudEvents document or its short form; null for heartbeats and anything else. */
export function parseLive(text: string, name?: string): LiveEvent | null {
  let body: Record<string, unknown>;
  try { body = JSON.parse(text) as Record<string, unknown>; } catch { return null; }
  const type = typeof body["type"] === "string" ? body["type"] : name ?? "";
  if (!type.includes(".")) return null;
  const state = (body["data"] ?? body["state"] ?? {}) as Record<string, unknown>;
  const text_ = (...values: unknown[]) => values.find((v): v is string => typeof v === "string") ?? null;
  return {
    type,
    id: text_(body["aggregate_id"], body["record_id"], state["id"], body["subject"], body["id"]),
    actorId: text_(body["actor_id"], (body["actor"] as Record<string, unknown> | undefined)?.["id"]),
    version: typeof body["version"] === "number" ? body["version"] : null,
  };
}
