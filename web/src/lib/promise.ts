import type { Case } from "@/api/types";

type Due = Pick<Case, "status" | "next_promise">;

/** Whether the clock of what is due next stands still: while one waits for the client, all but that of a call back. */
export function standsStill({ status, next_promise: next }: Due): boolean {
  return status === "waiting_client" && next !== null && next.kind !== "callback";
}
