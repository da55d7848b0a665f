import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Where colours are said: the tokens of screen, paper and the survey's own page. */
const TOKENS = ["src/theme/tokens.ts", "src/theme/print.css", "survey/survey.css"];
const COLOUR = /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(/i;

const sources = ["src", "survey"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)));
const drawn = [...sources, "index.html", "survey.html"]
  .filter((path) => /\.(?:tsx?|css|html)$/.test(path) && !path.includes(".test.") && !TOKENS.includes(path));
const coloured = (path: string) => COLOUR.test(readFileSync(path, "utf8"));

it("colours are said in the tokens alone", () => {
  expect(drawn.filter(coloured)).toEqual([]);
});

it("every place of tokens says some", () => {
  expect(TOKENS.filter((path) => !coloured(path))).toEqual([]);
});
