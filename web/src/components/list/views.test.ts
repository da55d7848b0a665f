import { describe, expect, it } from "vitest";
import type { SavedView } from "@/api/types";
import { addressOf, beginning, standing } from "./views";

const view = (id: string, address: string, more: Partial<SavedView> = {}): SavedView => ({
  id,
  address,
  name: id,
  collection: "clients",
  audience: "personal",
  mine: true,
  default: false,
  updated_at: "2026-11-23T08:00:00Z",
  version: 1,
  ...more,
});
const BUILT_IN = [{ name: "all", label: "All", address: "" }, { name: "mine", label: "Mine", address: "mine=true" }];
const SAVED = [view("v1", "sort=-updated_at&stage=active"), view("v2", "mine=true")];

describe("where a list stands", () => {
  const at = (address: string) => standing(new URLSearchParams(address), BUILT_IN, SAVED);
  it("is a built-in view, whatever row is open", () => {
    expect(at("mine=true&open=7").builtIn?.name).toBe("mine");
  });
  it("is a saved view by its filters, in any order", () => {
    expect(at("stage=active&sort=-updated_at")).toMatchObject({ saved: { id: "v1" }, changed: false });
  });
  it("prefers the view that was asked for by name", () => {
    expect(at("mine=true&view=v2").saved?.id).toBe("v2");
  });
  it("remembers the view it came from once something changed", () => {
    expect(at("stage=dormant&view=v1")).toMatchObject({ saved: { id: "v1" }, changed: true });
  });
  it("is its own selection otherwise", () => {
    expect(at("stage=dormant")).toEqual({ saved: undefined, changed: true });
  });
  it("forgets a view that is gone", () => {
    expect(at("stage=dormant&view=v9").saved).toBeUndefined();
  });
});

describe("what a list begins with", () => {
  it("is one's default view before the list's own start", () => {
    const chosen = view("v3", "stage=active", { default: true });
    expect(beginning([...SAVED, chosen], "live=true")?.toString()).toBe("stage=active&view=v3");
    expect(beginning(SAVED, "live=true")?.toString()).toBe("live=true");
    expect(beginning(SAVED, undefined)).toBeNull();
  });
  it("names the view in its address", () => { expect(addressOf(view("v1", "q=%E5%8D%8E")).get("q")).toBe("华"); });
});
