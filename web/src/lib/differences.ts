function canonical(value: unknown): string {
  if (value === undefined || value === null || value === "") return "null";
  if (Array.isArray(value)) return value.length ? `[${value.map(canonical).join(",")}]` : "null";
  if (typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => a.localeCompare(b));
  return `{${entries.map(([key, item]) => `${key}:${canonical(item)}`).join(",")}}`;
}

/** Fields of `mine` whose value differs in `theirs`; nothing, "" and [] are the same nothing. */
export function differences(mine: Record<string, unknown>, theirs: Record<string, unknown>): string[] {
  return Object.keys(mine).filter((field) => field in theirs && canonical(mine[field]) !== canonical(theirs[field]));
}

/** What changed since `before`, as a PATCH body: only fields that differ. */
export function changesSince<T extends object>(before: T, after: T): Partial<T> {
  const changed: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) {
    if (canonical(before[key]) !== canonical(after[key])) changed[key] = after[key];
  }
  return changed;
}

export type Version = "mine" | "theirs";

/**
 * Which fields someone else changed since `base`, and whose version stands unless a person says
 * otherwise: mine where I changed the field too, theirs where only they did.
 */
export function compareEdits(
  base: Record<string, unknown>, mine: Record<string, unknown>, theirs: Record<string, unknown>,
): Record<string, Version> {
  const changed = changesSince(base, mine);
  const touched = new Set(differences({ ...mine, ...base }, theirs));
  return Object.fromEntries(
    differences(mine, theirs)
      .filter((field) => touched.has(field))
      .map((field) => [field, field in changed ? "mine" : "theirs"]),
  );
}
