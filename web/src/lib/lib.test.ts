import { beforeEach, describe, expect, it } from "vitest";
import { changesSince, compareEdits, differences } from "./differences";
import { draftsAreOf, dropAllDrafts, dropDraft, readDraft, saveDraft } from "./drafts";
import { readAddress, viewAddress, withFilter, withSort } from "./filters";
import { fromMajor, sayMoney, sayMoneyShort, toMajor } from "./money";
import { initials, joinNames } from "./names";

describe("filters in the address", () => {
  it("reads only filters the list knows", () => {
    const state = readAddress(new URLSearchParams("stage=active,dormant&bogus=1&sort=-number&open=c1"), ["stage", "q"]);
    expect(state).toEqual({ filters: { stage: "active,dormant" }, sort: "-number", open: "c1" });
  });
  it("keeps the rest of the address when one filter changes", () => {
    const next = withFilter(new URLSearchParams("stage=active&q=hx"), "stage", null);
    expect(next.toString()).toBe("q=hx");
  });
  it("cycles a column through ascending, descending and unsorted", () => {
    let params = new URLSearchParams();
    const seen = [0, 1, 2].map(() => { params = withSort(params, "number"); return params.get("sort"); });
    expect(seen).toEqual(["number", "-number", null]);
  });
  it("saves a view without the row that happens to be open, in one order", () => {
    expect(viewAddress(new URLSearchParams("stage=active&open=c1&q=a"))).toBe(
      viewAddress(new URLSearchParams("q=a&stage=active")),
    );
  });
});

describe("drafts", () => {
  beforeEach(() => { localStorage.clear(); draftsAreOf("lin"); });
  it("come back as they were typed, until dropped", () => {
    saveDraft("client.new", { legal_name: "华信" });
    expect(readDraft("client.new")?.values).toEqual({ legal_name: "华信" });
    dropDraft("client.new");
    expect(readDraft("client.new")).toBeNull();
  });
  it("end after thirty days and when unreadable", () => {
    saveDraft("old", 1, new Date("2026-01-01T00:00:00Z"));
    expect(readDraft("old", new Date("2026-03-01T00:00:00Z"))).toBeNull();
    localStorage.setItem("rapport.draft.bad", "{");
    expect(readDraft("bad")).toBeNull();
  });
  it("go when somebody else signs in, and stay for whoever comes back", () => {
    draftsAreOf("lin");
    saveDraft("a", 1);
    draftsAreOf("lin");
    expect(readDraft("a")?.values).toBe(1);
    draftsAreOf("zhao");
    expect(readDraft("a")).toBeNull();
    draftsAreOf("lin");
    expect(readDraft("a")).toBeNull();
  });
  it("leave with the person and nothing else does", () => {
    saveDraft("a", 1);
    localStorage.setItem("rapport.language", "en");
    dropAllDrafts();
    expect(readDraft("a")).toBeNull();
    saveDraft("a", 1);
    expect(readDraft("a")).toBeNull();
    expect(localStorage.getItem("rapport.language")).toBe("en");
  });
});

describe("two versions", () => {
  it("differ only where the values do; nothing, empty and absent are the same nothing", () => {
    expect(
      differences({ a: "", b: [], c: 1, d: { x: 1, y: 2 } }, { a: null, b: null, c: 2, d: { y: 2, x: 1 } }),
    ).toEqual(["c"]);
  });
  it("keep my words where I changed them and theirs where only they did", () => {
    const base = { city: "a", notes: null, phone: "1" };
    expect(compareEdits(base, { ...base, city: "b" }, { city: "c", notes: "theirs", phone: "1" })).toEqual({
      city: "mine",
      notes: "theirs",
    });
  });
  it("conflict nowhere but in what they changed since both began", () => {
    const base = { city: "a", notes: null, phone: "1", tags: [] };
    const mine = { ...base, city: "b", phone: "2" };
    expect(compareEdits(base, mine, { city: "a", notes: "theirs", phone: "3", tags: null })).toEqual({
      notes: "theirs",
      phone: "mine",
    });
  });
  it("agree where both wrote the same", () => {
    expect(compareEdits({ city: "a" }, { city: "b" }, { city: "b" })).toEqual({});
  });
  it("send only what changed", () => {
    expect(changesSince({ a: 1, b: "x" }, { a: 1, b: "y" })).toEqual({ b: "y" });
  });
});

describe("money", () => {
  it("shows minor units by the currency's own digits", () => {
    expect(sayMoney({ amount_minor: 12_000_000, currency: "CNY" }, "zh-CN")).toBe("¥120,000");
    expect(sayMoney({ amount_minor: 1_250, currency: "EUR" }, "en")).toBe("€12.50");
    expect(sayMoney({ amount_minor: 1_250, currency: "JPY" }, "en")).toBe("¥1,250");
  });
  it("is short with its thousands apart", () => {
    expect(sayMoneyShort({ amount_minor: 1_850_000_000, currency: "CNY" }, "zh-CN")).toBe("¥1,850万");
    expect(sayMoneyShort({ amount_minor: 1_850_000_000, currency: "CNY" }, "en")).toBe("CN¥18.5M");
  });
  it("goes from typed amounts to minor units and back without loss", () => {
    expect(fromMajor(0.29, "CNY")).toEqual({ amount_minor: 29, currency: "CNY" });
    expect(toMajor({ amount_minor: 29, currency: "CNY" })).toBe(0.29);
    expect(fromMajor(null, "CNY")).toBeNull();
  });
});

describe("names", () => {
  it("are marked by the given name in Chinese and by initials otherwise", () => {
    expect(initials("欧阳晓明")).toBe("晓明");
    expect(initials("Ada King Lovelace")).toBe("AL");
  });
  it("are joined as the language joins", () => {
    expect(joinNames(["A", "B", "C"], "en")).toBe("A, B, and C");
    expect(joinNames(["甲", "乙"], "zh-CN")).toBe("甲和乙");
  });
});
