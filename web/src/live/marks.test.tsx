import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clearMark, isMarked, markChanged, marksKept, MOST_MARKS, useMark, watchMark } from "./marks";

const IMPORTED = 100_000;
/** Copying the map for each of them took minutes. */
const BOUND_MS = 2_000;
const MINUTE = 60_000;

let run = 0;
/** Ids of this test alone: the marks are the page's. */
const id = (name: string | number) => `${run}-${name}`;

function importMany(count = IMPORTED): void {
  for (let at = 0; at < count; at++) markChanged(id(at));
}
const frame = () => vi.advanceTimersByTime(50);

beforeEach(() => { run += 1; vi.useFakeTimers(); });
afterEach(() => {
  vi.advanceTimersByTime(60 * MINUTE);
  expect(marksKept()).toBe(0);
  vi.useRealTimers();
});

describe("marks of what somebody else changed", () => {
  it("take 100,000 events in their stride and keep a bounded number", () => {
    const began = performance.now();
    importMany();
    expect(performance.now() - began).toBeLessThan(BOUND_MS);
    expect(marksKept()).toBe(MOST_MARKS);
    expect(isMarked(id(IMPORTED - 1))).toBe(true);
    expect(isMarked(id(0))).toBe(false);
  });

  it("hold their number also where all that is kept is on screen", () => {
    const stops = Array.from({ length: MOST_MARKS + 1 }, (_, at) => watchMark(id(at), () => undefined));
    importMany(MOST_MARKS * 2);
    expect(marksKept()).toBe(MOST_MARKS);
    stops.forEach((stop) => { stop(); });
  });

  it("stay on what is on screen while an import passes", () => {
    const stop = watchMark(id("shown"), () => undefined);
    markChanged(id("shown"));
    markChanged(id("unseen"));
    importMany(MOST_MARKS * 3);
    expect(isMarked(id("shown"))).toBe(true);
    expect(isMarked(id("unseen"))).toBe(false);
    stop();
  });

  it("are told once per frame and only to those who show the record", () => {
    const mine = vi.fn();
    const other = vi.fn();
    const stops = [watchMark(id(7), mine), watchMark(id("other"), other)];
    importMany(1_000);
    importMany(1_000);
    expect(mine).not.toHaveBeenCalled();
    frame();
    expect(mine).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
    clearMark(id(7));
    frame();
    expect(mine).toHaveBeenCalledTimes(2);
    stops.forEach((stop) => { stop(); });
    markChanged(id(7));
    frame();
    expect(mine).toHaveBeenCalledTimes(2);
  });

  it("go away after half an hour, counted from the last change", () => {
    const seen = vi.fn();
    const stop = watchMark(id("a"), seen);
    markChanged(id("a"));
    vi.advanceTimersByTime(20 * MINUTE);
    markChanged(id("a"));
    vi.advanceTimersByTime(20 * MINUTE);
    expect(isMarked(id("a"))).toBe(true);
    vi.advanceTimersByTime(12 * MINUTE);
    expect(isMarked(id("a"))).toBe(false);
    expect(seen).toHaveBeenCalledTimes(2);
    stop();
  });

  it("draw only the row that they are on", () => {
    const drawn: Record<string, number> = {};
    const Row = ({ of }: { of: string }) => {
      drawn[of] = (drawn[of] ?? 0) + 1;
      return <p>{of} {useMark(id(of)) ? "changed" : "as it was"}</p>;
    };
    render(<><Row of="a" /><Row of="b" /></>);
    markChanged(id("a"));
    act(() => { frame(); });
    expect(screen.getByText("a changed")).toBeDefined();
    expect(screen.getByText("b as it was")).toBeDefined();
    expect(drawn).toEqual({ a: 2, b: 1 });
  });
});
