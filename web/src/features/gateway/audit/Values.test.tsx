import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { AuditEntry } from "@/api/types";
import { changeLanguage, startLanguage } from "@/i18n";
import { Values } from "./Values";

const CHANGED = {
  subject_kind: "client",
  before: { stage: "active", city: null, version: 3 },
  after: { stage: "dormant", city: "苏州", version: 4 },
} as unknown as AuditEntry;

const rows = () => screen.getAllByRole("row").slice(1).map((row) => row.textContent);

beforeAll(async () => {
  await startLanguage();
});
afterEach(cleanup);

it.each([
  ["en", ["StageActiveDormant", "City–苏州"], "All of it as recorded"],
  ["zh-CN", ["阶段合作中休眠", "城市–苏州"], "查看原始记录"],
] as const)("tells in words of %s what changed, and keeps all of it as recorded", async (language, words, fold) => {
  await changeLanguage(language);
  render(<Values entry={CHANGED} />);
  expect(rows()).toEqual(words);
  expect(screen.getByText(fold).parentElement?.textContent).toContain("version");
});

it("says nothing of an act that changed nothing", () => {
  render(<Values entry={{ subject_kind: "user", before: {}, after: null } as unknown as AuditEntry} />);
  expect(document.body.textContent).toBe("");
});
