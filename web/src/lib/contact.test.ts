import { expect, it } from "vitest";
import { nextContact } from "./contact";

it.each([
  ["2026-11-02", "2026-11-03", "call"],
  ["2026-11-03", "2026-11-02", "visit"],
  ["2026-11-02", "2026-11-02", "call"],
  [null, "2026-11-02", "visit"],
  ["2026-11-02", null, "call"],
])("a call due %s and a visit due %s: the next contact is a %s", (next_call_on, next_visit_on, kind) => {
  expect(nextContact({ next_call_on, next_visit_on })).toBe(kind);
});
