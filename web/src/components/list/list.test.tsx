import { beforeEach, describe, expect, it } from "vitest";
import { dropView, savedViews, saveView } from "./views";

describe("saved views", () => {
  beforeEach(() => { localStorage.clear(); });
  it("are kept per list; the same name replaces", () => {
    saveView("clients", { name: "Mine", address: "mine=true" });
    saveView("clients", { name: "Mine", address: "mine=true&stage=active" });
    saveView("cases", { name: "Late", address: "overdue=true" });
    expect(savedViews("clients")).toEqual([{ name: "Mine", address: "mine=true&stage=active" }]);
    expect(dropView("clients", "Mine")).toEqual([]);
    expect(savedViews("cases")).toHaveLength(1);
  });
  it("survive a spoiled store", () => {
    localStorage.setItem("rapport.views.clients", '[{"name":1},{"name":"ok","address":""}]');
    expect(savedViews("clients")).toEqual([{ name: "ok", address: "" }]);
    localStorage.setItem("rapport.views.clients", "{");
    expect(savedViews("clients")).toEqual([]);
  });
});
