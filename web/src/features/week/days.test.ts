import { describe, expect, it } from "vitest";
import { cutByDay, isWeekend } from "./days";

describe("the week by day", () => {
  it("puts what is late first, then seven days, and leaves out what comes later", () => {
    const on = (day: string) => ({ day });
    const days = cutByDay([on("2026-11-20"), on("2026-11-23"), on("2026-11-29"), on("2026-11-30")], "2026-11-23");
    expect(days.map((day) => [day.key, day.items.length])).toEqual([
      ["late", 1],
      ["2026-11-23", 1],
      ["2026-11-24", 0],
      ["2026-11-25", 0],
      ["2026-11-26", 0],
      ["2026-11-27", 0],
      ["2026-11-28", 0],
      ["2026-11-29", 1],
    ]);
  });
  it("goes over a month's end", () => {
    expect(cutByDay([], "2026-11-28").at(-1)?.key).toBe("2026-12-04");
  });
  it("knows weekends", () => {
    expect(["2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"].map(isWeekend)).toEqual([false, true, true, false]);
  });
});
