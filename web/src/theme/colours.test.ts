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

/** What is drawn in red, amber or green, and what says the state there to whoever sees no colour. */
const SAID_BESIDES: Record<string, string> = {
  ".mark-good": "icon and words", ".mark-warn": "icon and words", ".mark-bad": "icon and words",
  ".dnc": "icon and words", ".problem": "icon and words", ".problem > svg": "is the icon",
  ".board-end-won.board-end-over": "icon and words", ".board-end-lost.board-end-over": "icon and words",
  ".strip-late strong": "words", ".strip-late .strip-name": "words", ".strip-late .strip-icons": "icons",
  ".chain li > svg": "is the icon", ".end .sign": "is the icon",
  ".gantt-node-held svg": "filled where others are hollow",
  ".banner-bad": "words", ".banner-warn": "words", ".banner-good": "words", ".behind": "words",
  ".form-wrong": "words", ".picker-refused": "words", ".missing": "words",
  ".question[data-missing]": "words of .missing",
  ".solution-accepted": "a mark in it", ".progress-bar > span": "its length, and numbers beside it",
  ".bar-phase > span": "its length, and numbers before it", ".phase-strip .phase-ended": "words for the whole strip",
  ".key-done": "words beside it", ".key-critical": "words beside it",
  ".bar-task.bar-done": "words in its title", ".bar-critical": "an outline",
};
const OF_STATE = /var\(--(?:red|amber|green)(?:-soft)?\)/;
const styles = sources.filter((path) => path.endsWith(".css")).map((path) => readFileSync(path, "utf8"));
const rules = styles.flatMap((text) => [...text.replace(/\/\*.*?\*\//gs, "").matchAll(/([^{}]+)\{([^{}]*)\}/g)]);

it("whatever is drawn in a colour of state is known to say it by more", () => {
  const selectors = rules.filter(([, , body]) => OF_STATE.test(body ?? ""))
    .flatMap(([, head]) => (head ?? "").split(",").map((selector) => selector.trim()));
  expect(selectors.sort()).toEqual(Object.keys(SAID_BESIDES).sort());
  const elsewhere = drawn.filter((path) => !path.endsWith(".css") && OF_STATE.test(readFileSync(path, "utf8")));
  expect(elsewhere).toEqual([]);
});

const TONED = /mark-(?:good|warn|bad|\$\{)/g;
const WITH_ICON = /mark-(?:good|warn|bad|\$\{)[^<]*>\s*<\w+ size=\{14\} aria-hidden="true" \/>/g;
const found = (pattern: RegExp, path: string) => readFileSync(path, "utf8").match(pattern)?.length ?? 0;

it.each(drawn.filter((path) => path.endsWith(".tsx") && found(TONED, path) > 0))(
  "each mark in a colour of state begins with an icon: %s", (path) => {
    expect(found(WITH_ICON, path)).toBe(found(TONED, path));
  });

/** What is drawn in the accent, and what can be acted on there. */
const ACTED_ON: Record<string, string> = {
  "a": "a link", ".link": "a button like a link", "button": "a button", "button.language": "a button",
  ".power-more": "a button", ".tick:checked": "a box to tick", ".tick:indeterminate": "a box to tick",
  ".tick:hover": "a box to tick", ".scale input": "a choice", ".scale label:has(:checked)": "a choice",
  ".choice-card:has(input:checked)": "a choice", ".composer-kinds button[aria-selected=\"true\"]": "a tab",
  ".nav a.active": "a link", ".nav-drawer a.active": "a link", ".client-bar nav a.active": "a link",
  ".parts a.active": "a link", ".mail-list button[aria-current=\"true\"]": "a button",
  ".command-on": "what Enter takes", ".row-open": "a row to open", ".row-open:hover": "a row to open",
  ".row-changed::before": "a row to open", ".lane-over": "where a card is let go",
  ".bulk": "holds the acts for what is ticked", ".banner": "holds its acts",
  ".draft-note": "holds its act",
  ":focus-visible": "has the keyboard", "button:focus-visible": "has the keyboard",
  "textarea:focus": "has the keyboard",
  ".scale label:focus-within": "has the keyboard", ".choice-card:has(input:focus-visible)": "has the keyboard",
};
/** What is drawn in it and cannot be acted on: whose, when and where it stands now, each said in words too. */
const HERE_AND_NOW = [".avatar", ".member-self", ".way-now", ".gantt-today", ".gantt-today-name"];
const OF_ACCENT = /var\(--accent(?:-soft)?\)/;

it("the accent is for what can be acted on, and marks besides who, where and when the reader is", () => {
  const selectors = rules.filter(([, , body]) => OF_ACCENT.test(body ?? ""))
    .flatMap(([, head]) => (head ?? "").split(",").map((selector) => selector.trim()));
  expect([...new Set(selectors)].sort()).toEqual([...Object.keys(ACTED_ON), ...HERE_AND_NOW].sort());
  const elsewhere = drawn.filter((path) => !path.endsWith(".css") && OF_ACCENT.test(readFileSync(path, "utf8")));
  expect(elsewhere).toEqual([]);
});
