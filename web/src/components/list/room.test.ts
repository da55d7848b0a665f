import { expect, it } from "vitest";
import { fitting } from "./room";

const COLUMNS = [
  { key: "due", width: "136px", fixed: true },
  { key: "client", width: "minmax(140px, 1fr)" },
  { key: "subject", width: "minmax(220px, 3fr)", fixed: true },
  { key: "priority", width: "80px" },
];
const shown = (room: number | null) => fitting(COLUMNS, room, true).map((column) => column.key);

it("leaves out what would not stand there whole, from the end", () => {
  expect(shown(724)).toEqual(["due", "client", "subject", "priority"]);
  expect(shown(723)).toEqual(["due", "client", "subject"]);
  expect(shown(600)).toEqual(["due", "subject"]);
});

it("never leaves out what a row is known by, and nothing where no bound is known", () => {
  expect(shown(100)).toEqual(["due", "subject"]);
  expect(shown(null)).toHaveLength(4);
});
