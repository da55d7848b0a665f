import { expect, it } from "vitest";
import type { Case } from "@/api/types";
import { standsStill } from "./promise";

it.each([
  ["waiting_client", "resolution", true],
  ["waiting_client", "callback", false],
  ["in_progress", "resolution", false],
] as const)("the clock of a case that is %s and owes a %s stands still: %s", (status, kind, still) => {
  const next_promise = { id: "p", due_at: "2026-11-30T01:00:00Z", kind, status: "made" };
  expect(standsStill({ status, next_promise } as unknown as Case)).toBe(still);
});

it("of a case that owes nothing no clock stands still", () => {
  expect(standsStill({ status: "waiting_client", next_promise: null })).toBe(false);
});
