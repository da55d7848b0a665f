/** What this browser itself just wrote, so that its own acts are not marked as someone else's. */

const KEPT = 6_000;
const written = new Map<string, number>();
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Remembers every record named in a write's address, body or answer. */
export function noteWrite(texts: readonly string[], now = Date.now()): void {
  for (const [id, at] of written) if (now - at > KEPT) written.delete(id);
  for (const text of texts) for (const id of text.match(UUID) ?? []) written.set(id, now);
}

export function justWrote(id: string, now = Date.now()): boolean {
  return now - (written.get(id) ?? -Infinity) <= KEPT;
}
