import { expect, it } from "vitest";
import { dueOf, promisedNext, standsStill } from "./promise";

it("a first response is promised until one of the firm has spoken or promised to", () => {
  expect(promisedNext()).toBe("first_response");
  expect(promisedNext([], [{ author_side: "client" }, { author_side: "system" }])).toBe("first_response");
  expect(promisedNext([{ kind: "first_response", status: "broken" }])).toBe("first_response");
  expect(promisedNext([{ kind: "first_response", status: "made" }])).toBe("update");
  expect(promisedNext([{ kind: "first_response", status: "kept" }])).toBe("update");
  expect(promisedNext([], [{ author_side: "firm" }])).toBe("update");
});

const NEXT = { next_due_at: "2026-11-30T01:00:00Z", overdue_since: null, next_promise: null };
const LATE = { ...NEXT, overdue_since: "2026-11-27T01:00:00Z" };

it("a broken promise is what a case is due for until the client hears", () => {
  expect(dueOf(NEXT)).toBe(NEXT.next_due_at);
  expect(dueOf(LATE)).toBe(LATE.overdue_since);
  expect(dueOf({ ...NEXT, next_due_at: null })).toBeNull();
});

it("a clock stands still where the service says so, and never that of a broken promise", () => {
  expect(standsStill({ ...NEXT, next_promise: { paused: true } })).toBe(true);
  expect(standsStill({ ...NEXT, next_promise: { paused: false } })).toBe(false);
  expect(standsStill(NEXT)).toBe(false);
  expect(standsStill({ ...LATE, next_promise: { paused: true } })).toBe(false);
});
