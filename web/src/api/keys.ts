/** One key per intended act, known by its address and body: a repeat after silence does nothing twice. */

/** A step may be taken back and come anew: later than this, the same one is another, in milliseconds. */
const SAME_CLICK = 120_000;

interface Pending { key: string; silentAt?: number }
const pending = new Map<string, Pending>();

/** The key to send; `comesAgain` for an act that the same words may intend anew after a while. */
export function keyFor(intent: string, comesAgain = false, now = Date.now()): string {
  const known = pending.get(intent);
  const anew = comesAgain && known?.silentAt !== undefined && now - known.silentAt > SAME_CLICK;
  if (known && !anew) return known.key;
  const key = crypto.randomUUID();
  pending.set(intent, { key });
  return key;
}

/**
 * An answer settles the intent; silence (0) or an overloaded server does not. A refusal that follows
 * a silence does not either: it tells nothing of the first attempt, which may be at work still.
 */
export function settle(intent: string, status: number, now = Date.now()): void {
  const known = pending.get(intent);
  if (!known) return;
  if (status === 0 || status >= 500) known.silentAt = now;
  else if (status < 400 || known.silentAt === undefined) pending.delete(intent);
}

/** An upload's words: its fields, and its files by name, size and last change. */
export function wordsOf(form: FormData): string {
  const said = [...form].map(([name, value]) =>
    [name, typeof value === "string" ? value : [value.name, value.size, value.lastModified]]);
  return JSON.stringify(said);
}
