/** Parts of a page as a PNG picture: on white whatever the theme, and whole where the page scrolls. */
import { cssVariables } from "@/theme/tokens";
import { fontsInUse } from "./fonts";

/** Pixels of the picture for each of the page: sharp on paper and on a large screen. */
const SCALE = 2;
const EDGE = 24;
const LIGHT = cssVariables("light");
const FORBIDDEN = /[\\/:*?"<>|]+/g;

export interface Picture {
  /** What is seen, and of what: "Team map" of "E-2026-003 Process redesign". */
  what: string;
  of: string;
  language: string;
}

/** What a picture's file is called wherever it is kept. */
export const fileOf = ({ what, of }: Picture) =>
  `${`${of} - ${what}`.replace(FORBIDDEN, " ").replace(/\s+/g, " ").trim()}.png`;

/** Draw the parts below each other under a heading of their own and hand the file to the browser. */
export async function savePicture(picture: Picture, parts: readonly HTMLElement[]): Promise<void> {
  const { domToBlob } = await import("modern-screenshot");
  const sheet = sheetOf(picture, parts);
  document.body.append(sheet);
  try {
    const cssText = await fontsInUse();
    const drawn = await domToBlob(sheet, {
      scale: SCALE,
      backgroundColor: LIGHT["--surface"],
      style: { position: "static" },
      font: cssText ? { cssText } : false,
    });
    handOver(drawn, fileOf(picture));
  } finally {
    sheet.remove();
  }
}

/** A copy out of sight, in the light colours: what one works with does not flicker meanwhile. */
function sheetOf({ what, of, language }: Picture, parts: readonly HTMLElement[]): HTMLElement {
  const sheet = document.createElement("div");
  sheet.className = "picture-sheet";
  sheet.lang = language;
  sheet.inert = true;
  for (const [name, value] of Object.entries(LIGHT)) sheet.style.setProperty(name, value);
  sheet.style.width = `${Math.max(...parts.map(wholeWidth)) + 2 * EDGE}px`;
  sheet.style.padding = `${EDGE}px`;
  const head = document.createElement("p");
  const title = document.createElement("strong");
  title.textContent = what;
  head.append(title, of);
  sheet.append(head, ...parts.map((part) => part.cloneNode(true)));
  return sheet;
}

/** Of a part that scrolls sideways, what is scrolled away too; and the line around it. */
const wholeWidth = (part: HTMLElement) => (part.firstElementChild?.scrollWidth ?? part.offsetWidth) + 2;

function handOver(file: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
