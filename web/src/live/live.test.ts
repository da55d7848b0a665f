import { describe, expect, it } from "vitest";
import { parseLive, staleKeys } from "./events";
import { takeBlocks } from "@/api/stream";

describe("the event stream", () => {
  it("hands out whole blocks and keeps the rest", () => {
    const { blocks, rest } = takeBlocks(
      "id: 7\nevent: reset\ndata: {}\n\n: heartbeat\n\ndata: a\ndata: b\n\ndata: hal",
    );
    expect(blocks).toEqual([
      { id: "7", event: "reset", data: "{}" },
      { id: null, event: null, data: "a\nb" },
    ]);
    expect(rest).toBe("data: hal");
  });
  it("reads notifications and nothing else", () => {
    expect(parseLive('{"type":"desk.case.opened.v1","aggregate_id":"1","version":3}')).toEqual({
      type: "desk.case.opened.v1",
      id: "1",
    });
    expect(parseLive("{}")).toBeNull();
    expect(parseLive("not json")).toBeNull();
  });
  it("knows what a change makes stale", () => {
    expect(staleKeys("desk.case.changed.v1")).toEqual(
      expect.arrayContaining(["promises", "solutions", "cases", "clients"]),
    );
    expect(staleKeys("desk.unheard.of.v1")).toEqual([]);
  });
});
