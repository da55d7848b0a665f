import { expect, test } from "vitest";
import type { EngagementLine, PhaseLine } from "@/api/types";
import { outlookOf } from "./health";

const phase = (status: PhaseLine["status"], id: string): PhaseLine => ({
  id,
  title: { en: id, zh: id },
  status,
  starts_on: `2026-10-0${id}`,
  ends_on: `2026-11-0${id}`,
});
const engagement = (status: EngagementLine["status"], phases: PhaseLine[]): EngagementLine => ({
  id: "e",
  number: "E-2026-001",
  title: "x",
  status,
  starts_on: null,
  ends_on: null,
  consulting_pm_name: null,
  phases,
  team: null,
});

test("a running phase is looked at by its end", () => {
  const found = outlookOf(engagement("active", [phase("ended", "1"), phase("active", "2"), phase("planned", "3")]));
  expect([found.phase?.id, found.running, found.on, found.ended]).toEqual(["2", true, "2026-11-02", 1]);
});

test("between phases the next one is looked at by its start", () => {
  const found = outlookOf(engagement("active", [phase("ended", "1"), phase("planned", "2")]));
  expect([found.phase?.id, found.running, found.on]).toEqual(["2", false, "2026-10-02"]);
});

test("what is over has nothing before it", () => {
  expect(outlookOf(engagement("cancelled", [phase("active", "1")])).phase).toBeNull();
  expect(outlookOf(engagement("active", [phase("ended", "1")])).phase).toBeNull();
});
