import type { SearchHit } from "@/api/types";

/** In full: fewer digits may be the beginning of several. */
const CLIENT_NUMBER = /^c-\d{6,}$/;

/**
 * What was found, best first: whose number was typed in full, then what is called exactly so, then
 * what begins with the words; among these what is one's own, then what was touched last. `hits`
 * come with the last touched first.
 */
export function ranked(hits: readonly SearchHit[], words: string): SearchHit[] {
  const wanted = words.trim().toLowerCase();
  const rank = (hit: SearchHit) => 2 * likeness(hit, wanted) + (hit.mine ? 0 : 1);
  return [...hits].sort((one, other) => rank(one) - rank(other));
}

function likeness(hit: SearchHit, wanted: string): 0 | 1 | 2 | 3 {
  if (isNumberOf(hit, wanted)) return 0;
  const names = [hit.title, hit.subtitle ?? ""].map((name) => name.toLowerCase());
  if (names.includes(wanted)) return 1;
  return names.some((name) => name.startsWith(wanted)) ? 2 : 3;
}

/** A client's number finds it but does not come with it, as those of cases and engagements do. */
function isNumberOf({ kind, subtitle }: SearchHit, wanted: string): boolean {
  if (kind === "client") return CLIENT_NUMBER.test(wanted);
  return kind !== "contact" && subtitle?.toLowerCase() === wanted;
}
