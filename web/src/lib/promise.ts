import type { Message, PromiseKind, PromiseRecord } from "@/api/types";

export interface Due {
  next_due_at: string | null;
  overdue_since: string | null;
  next_promise: { paused: boolean } | null;
}

/** Since when a case waits for word after a broken promise, or when it is due next. */
export function dueOf(item: Due): string | null {
  return item.overdue_since ?? item.next_due_at;
}

/** Whether the clock of what is due next stands still: the client is waited for. */
export function standsStill(item: Due): boolean {
  return !item.overdue_since && (item.next_promise?.paused ?? false);
}

type Promised = Pick<PromiseRecord, "kind" | "status">;
type Said = Pick<Message, "author_side">;

/** What is promised next, unless one says otherwise: a first response until there is or will be one. */
export function promisedNext(promises: readonly Promised[] = [], messages: readonly Said[] = []): PromiseKind {
  const first = promises.filter(({ kind }) => kind === "first_response");
  const given = first.some(({ status }) => status === "made" || status === "kept");
  return given || messages.some((message) => message.author_side === "firm") ? "update" : "first_response";
}
