import { expect, it } from "vitest";
import type { SearchHit } from "@/api/types";
import { ranked } from "./ranking";

const hit = (title: string, more: Partial<SearchHit> = {}): SearchHit => ({
  id: title,
  kind: "client",
  title,
  subtitle: null,
  client: null,
  mine: false,
  title_texts: null,
  updated_at: "2026-11-01T00:00:00Z",
  ...more,
});
const order = (hits: SearchHit[], words: string) => ranked(hits, words).map(({ title }) => title);

it("puts one's own client before a namesake that was touched later", () => {
  expect(order([hit("华信科技有限公司"), hit("华信装备有限公司", { mine: true })], "华信")).toEqual(["华信装备有限公司", "华信科技有限公司"]);
  expect(order([hit("华信科技有限公司"), hit("华信装备有限公司", { mine: true })], "hx")).toEqual(["华信装备有限公司", "华信科技有限公司"]);
});

it("puts what is called exactly so first, and what begins with the words before what only holds them", () => {
  const hits = [hit("Northwind Holding", { mine: true }), hit("Old Northwind", { mine: true }), hit("northwind")];
  expect(order(hits, "Northwind")).toEqual(["northwind", "Northwind Holding", "Old Northwind"]);
});

const NUMBERED = [
  hit("Late report", { kind: "case", subtitle: "K-2026-000012" }),
  hit("Process work", { kind: "engagement", subtitle: "E-2026-005" }),
  hit("Pacifica Freight", { subtitle: "Auckland Logistics" }),
];

it.each([["k-2026-000012", "Late report"], ["E-2026-005", "Process work"], [" C-000123 ", "Pacifica Freight"]])(
  "puts the record whose number %s is first, whatever speaks of it and is one's own",
  (number, title) => {
    const speaking = [number.trim(), `${number.trim()}: feedback`, `Call about ${number.trim()}`].map((words) =>
      hit(words, { kind: "case", subtitle: "K-2026-000999", mine: true }));
    expect(order([...speaking, ...NUMBERED], number)[0]).toBe(title);
  },
);

it("takes the beginning of a client's number for no number", () => {
  const hits = [hit("Pacifica Freight"), hit("C-0001 needs a call", { kind: "case" })];
  expect(order(hits, "C-0001")[0]).toBe("C-0001 needs a call");
});

it("leaves what is alike in the order in which it was touched", () => {
  expect(order([hit("Alpha 2"), hit("Alpha 1"), hit("Alpha 3")], "alpha")).toEqual(["Alpha 2", "Alpha 1", "Alpha 3"]);
});
