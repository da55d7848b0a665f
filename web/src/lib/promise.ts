import type { Case } from "@/api/types";

type Due = Pick<Case, "status" | "next_promise">;

/** Whether such a promise's clock stands still: while one waits for the client, all but that of a call back. */
export function stops(status: Case["status"], kind: string): boolean {
  return status === "waiting_client" && kind !== "callback";
}

/** Whether the clock of what is due next stands still. */
export function standsStill({ status, next_promise: next }: Due): boolean {
  return next !== null && stops(status, next.kind);
}
