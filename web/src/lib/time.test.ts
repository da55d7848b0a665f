import { describe, expect, it } from "vitest";
import {
  calendarDays,
  headWeekday,
  instantAt,
  sayDate,
  sayDayAhead,
  clocksDiffer,
  sayExactly,
  sayZone,
  sayInstant,
  spanOf,
  todayIn,
  urgencyOf,
  wallClock,
} from "./time";

const ZONE = "Asia/Shanghai";
const now = new Date("2026-11-23T08:00:00Z"); // 16:00 in Shanghai, 03:00 in this test's own zone
const say = (at: string, language = "en") => sayInstant(new Date(at), now, ZONE, language);

describe("days at the head of a list", () => {
  it("begin with a capital where the language has them", () => {
    const head = (day: string, language: string) => headWeekday(day, "2026-11-23", language, "long");
    expect(head("2026-11-23", "en")).toBe("Today");
    expect(head("2026-11-24", "en")).toBe("Tomorrow");
    expect(head("2026-11-25", "en")).toContain("Wednesday");
    expect(head("2026-11-23", "zh-CN")).toBe("今天");
  });
});

describe("instants as people say them", () => {
  it("says today, tomorrow and yesterday by the firm's calendar, not the browser's", () => {
    expect(say("2026-11-23T15:59:00Z")).toBe("today 23:59");
    expect(say("2026-11-23T16:00:00Z")).toBe("tomorrow 00:00");
    expect(say("2026-11-22T15:59:00Z")).toBe("yesterday 23:59");
    expect(say("2026-11-24T07:00:00Z", "zh-CN")).toBe("明天 15:00");
  });
  it("says a weekday within the week, then the date, then the year", () => {
    expect(say("2026-11-27T07:00:00Z")).toBe("Fri 15:00");
    expect(say("2026-12-03T07:00:00Z")).toMatch(/Dec 3 15:00|3 Dec 15:00/);
    expect(say("2025-11-23T07:00:00Z")).toContain("2025");
  });
  it("keeps a date without a time where it is", () => {
    expect(sayDate("2026-11-23", now, ZONE, "en")).toBe("today");
    expect(sayDate("2026-11-24", now, "Pacific/Kiritimati", "en")).toBe("tomorrow");
    expect(sayDate("2026-11-24", now, "Pacific/Honolulu", "en")).toBe("Nov 24");
    expect(sayDate("2026-12-31", now, ZONE, "zh-CN")).toBe("12月31日");
  });
  it("names the zone in the exact time", () => {
    expect(sayExactly(now, ZONE, "en")).toContain("GMT+8");
    expect(sayZone(ZONE, "en")).toBe("China Standard Time");
    expect(sayZone(ZONE, "zh-CN")).toBe("中国标准时间");
  });
  it("knows whose clock shows another time, by the time and not by the zone's name", () => {
    expect(clocksDiffer(ZONE, now, "America/Los_Angeles")).toBe(true);
    expect(clocksDiffer(ZONE, now, "Asia/Singapore")).toBe(false);
  });
});

describe("a day ahead", () => {
  const ahead = (date: string, language = "en") => sayDayAhead(date, now, ZONE, language);
  it("is counted for two weeks", () => {
    expect(ahead("2026-11-23")).toBe("today");
    expect(ahead("2026-11-24", "zh-CN")).toBe("明天");
    expect(ahead("2026-12-07")).toBe("in 14 days");
    expect(ahead("2026-12-07", "zh-CN")).toBe("14天后");
  });
  it("is a date from the fifteenth day on, with its year where that is another", () => {
    expect(ahead("2026-12-08")).toMatch(/^(Dec 8|8 Dec)$/);
    expect(ahead("2026-12-08", "zh-CN")).toBe("12月8日");
    expect(ahead("2027-05-10")).toContain("2027");
    expect(ahead("2027-05-10", "zh-CN")).toBe("2027年5月10日");
  });
});

describe("wall clocks", () => {
  it("turns a wall clock into its instant and back", () => {
    const wall = { year: 2026, month: 11, day: 24, hour: 15, minute: 30 };
    expect(instantAt(wall, ZONE).toISOString()).toBe("2026-11-24T07:30:00.000Z");
    expect(wallClock(instantAt(wall, ZONE), ZONE)).toEqual(wall);
  });
  it("is right on the day a zone changes its clock", () => {
    const wall = { year: 2026, month: 3, day: 8, hour: 12, minute: 0 };
    expect(instantAt(wall, "America/New_York").toISOString()).toBe("2026-03-08T16:00:00.000Z");
  });
  it("counts calendar days, not spans of 24 hours", () => {
    expect(calendarDays(new Date("2026-11-23T16:01:00Z"), new Date("2026-11-23T15:59:00Z"), ZONE)).toBe(1);
  });
  it("knows today's date in the zone", () => {
    expect(todayIn(ZONE, new Date("2026-11-23T17:00:00Z"))).toBe("2026-11-24");
  });
});

describe("promise clock", () => {
  it("goes from later to today, soon and late", () => {
    const urgency = (at: string) => urgencyOf(new Date(at), now, ZONE);
    expect(urgency("2026-11-24T08:00:00Z")).toBe("later");
    expect(urgency("2026-11-23T11:00:00Z")).toBe("today");
    expect(urgency("2026-11-23T09:59:00Z")).toBe("soon");
    expect(urgency("2026-11-23T07:59:59Z")).toBe("late");
  });
  it("says a wait in one number and one unit", () => {
    expect(spanOf(-40 * 60_000)).toEqual({ unit: "minute", count: 40 });
    expect(spanOf(20_000)).toEqual({ unit: "minute", count: 1 });
    expect(spanOf(3 * 3_600_000)).toEqual({ unit: "hour", count: 3 });
    expect(spanOf(-3 * 86_400_000)).toEqual({ unit: "day", count: 3 });
  });
});
