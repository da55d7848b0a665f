import type { SearchHit } from "@/api/types";

/**
 * What was found, best first: what is called exactly so, then what begins with the words; among
 * these what is one's own, then what was touched last. `hits` come with the last touched first.
 */
export function ranked(hits: readonly SearchHit[], words: string): SearchHit[] {
  const wanted = words.trim().toLowerCase();
  const rank = (hit: SearchHit) => 2 * likeness(hit, wanted) + (hit.mine ? 0 : 1);
  return [...hits].sort((one, other) => rank(one) - rank(other));
}

function likeness({ title, subtitle }: SearchHit, wanted: string): 0 | 1 | 2 {
  const names = [title, subtitle ?? ""].map((name) => name.toLowerCase());
  if (names.includes(wanted)) return 0;
  return names.some((name) => name.startsWith(wanted)) ? 1 : 2;
}
