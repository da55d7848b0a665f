import { describe, expect, it } from "vitest";
import { beginningFor, monthsOf, placeOf, scaleOver, widthOf } from "./scale";

describe("the scale of a plan", () => {
  const scale = scaleOver(["2026-11-25", "2027-01-06"]);
  it("begins on a Monday and holds whole weeks", () => {
    expect(scale).toEqual({ from: "2026-11-23", days: 49 });
  });
  it("places a day and a stretch of days", () => {
    expect(placeOf("2026-11-23", scale)).toBe(0);
    expect(placeOf("2026-11-30", scale)).toBeCloseTo(100 / 7);
    expect(widthOf("2026-11-23", "2026-11-29", scale)).toBeCloseTo(100 / 7);
    expect(widthOf("2026-11-23", "2026-11-23", scale)).toBeCloseTo(100 / 49);
  });
  it("names every month once, over a year's end too", () => {
    expect(monthsOf(scale)).toEqual(["2026-11-23", "2026-12-01", "2027-01-01"]);
  });
  it("leaves out a first month that has no room for its name", () => {
    expect(monthsOf(scaleOver(["2026-11-30", "2027-06-30"]))[0]).toBe("2026-12-01");
  });
  it("leaves out a last month whose name would run out of the chart", () => {
    expect(monthsOf(scaleOver(["2026-06-01", "2027-03-01"])).at(-1)).toBe("2027-02-01");
  });
  it("is scrolled to the month's name that brings today nearest to the middle", () => {
    expect(beginningFor(600, 400, 1000, [50, 205, 360, 510])).toBe(360);
  });
  it("is not scrolled further than it goes", () => {
    expect(beginningFor(700, 400, 520, [400, 510, 660])).toBe(510);
    expect(beginningFor(700, 400, 505, [400, 510, 660])).toBe(400);
  });
  it("begins on a Sunday's Monday before", () => {
    expect(scaleOver(["2026-11-29"])).toEqual({ from: "2026-11-23", days: 7 });
  });
});
