/** One key per intended creation: a repeat after no answer creates nothing twice. */

const unanswered = new Map<string, string>();

export function keyFor(intent: string): string {
  const key = unanswered.get(intent) ?? crypto.randomUUID();
  unanswered.set(intent, key);
  return key;
}

/** An answer settles it; silence or an overloaded server does not. */
export function settle(intent: string, status: number): void {
  if (status !== 0 && status < 500) unanswered.delete(intent);
}
