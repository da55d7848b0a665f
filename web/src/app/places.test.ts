import { expect, test } from "vitest";
import type { Me } from "@/api/types";
import { isOpenTo } from "./places";

const someone = (side: "firm" | "client", ...permissions: string[]) =>
  ({ side, permissions, roles: [] }) as unknown as Me;

test("what only the other side has is closed, with everything below it", () => {
  const executive = someone("client", "case:open");
  const closed = ["/week", "/clients", "/clients/1", "/cases/1", "/imports/1", "/audit"];
  expect(closed.filter((path) => isOpenTo(executive, path))).toEqual([]);
  expect(["/waiting", "/requests/new"].filter((path) => isOpenTo(someone("firm", "case:open"), path))).toEqual([]);
});

test("a page of both sides is open to both, and so is a person's own account", () => {
  const shared = ["/engagements/1/team", "/deliverables/1", "/account", "/no-such-page"];
  for (const me of [someone("client"), someone("firm", "engagement:list")]) {
    expect(shared.filter((path) => !isOpenTo(me, path))).toEqual([]);
  }
});

test("a page of the administration and a form are open to those who may use them", () => {
  expect(isOpenTo(someone("firm"), "/keys")).toBe(false);
  expect(isOpenTo(someone("firm", "key:list"), "/keys")).toBe(true);
  expect(isOpenTo(someone("firm"), "/clients/new")).toBe(false);
  expect(isOpenTo(someone("firm", "client:create"), "/clients/new")).toBe(true);
});
