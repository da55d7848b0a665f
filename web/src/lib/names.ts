const CJK = /\p{Script=Han}/u;

/** What stands in a round mark: the given name's end for Chinese names, two initials otherwise. */
export function initials(name: string): string {
  const clean = name.trim();
  if (CJK.test(clean)) return clean.replace(/[^\p{Script=Han}]/gu, "").slice(-2);
  const words = clean.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? words.at(-1)?.[0] ?? "" : "")).toUpperCase();
}

/** Names joined as the language joins them: "a, b, and c". */
export function joinNames(names: readonly (string | null)[], language: string): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(names.filter((name) => name !== null));
}
