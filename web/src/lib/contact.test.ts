import { expect, it } from "vitest";
import { dueContacts, nextContact } from "./contact";

it.each([
  ["2026-11-02", "2026-11-03", "call"],
  ["2026-11-03", "2026-11-02", "visit"],
  ["2026-11-02", "2026-11-02", "call"],
  [null, "2026-11-02", "visit"],
  ["2026-11-02", null, "call"],
])("a call due %s and a visit due %s: the next contact is a %s", (next_call_on, next_visit_on, kind) => {
  expect(nextContact({ next_call_on, next_visit_on })).toBe(kind);
});

it.each([
  ["2026-11-02", "2026-11-03", ["call 2026-11-02", "visit 2026-11-03"]],
  ["2026-11-02", "2026-11-02", ["call 2026-11-02", "visit 2026-11-02"]],
  ["2026-11-03", "2026-11-02", ["visit 2026-11-02"]],
  ["2026-11-02", null, ["call 2026-11-02"]],
  [null, "2026-11-02", ["visit 2026-11-02"]],
  [null, null, []],
])("a call due %s and a visit due %s: what falls due is %j", (next_call_on, next_visit_on, due) => {
  expect(dueContacts({ next_call_on, next_visit_on }).map(({ kind, on }) => `${kind} ${on}`)).toEqual(due);
});
