/** What a person has typed and not yet sent, kept in this browser until sent or discarded. */

const PREFIX = "rapport.draft.";
const OWNER = "rapport.drafts_of";
const KEEP_DAYS = 30;

export interface Draft<T> { saved_at: string; values: T }

export function saveDraft<T>(key: string, values: T, now = new Date()): void {
  if (!localStorage.getItem(OWNER)) return;
  localStorage.setItem(PREFIX + key, JSON.stringify({ saved_at: now.toISOString(), values }));
}

export function readDraft<T>(key: string, now = new Date()): Draft<T> | null {
  const text = localStorage.getItem(PREFIX + key);
  if (!text) return null;
  try {
    const draft = JSON.parse(text) as Draft<T>;
    if (now.getTime() - Date.parse(draft.saved_at) <= KEEP_DAYS * 86_400_000) return draft;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  localStorage.removeItem(PREFIX + key);
  return null;
}

export function dropDraft(key: string): void { localStorage.removeItem(PREFIX + key); }

/** From now on drafts are this person's; what somebody else left in this browser goes. */
export function draftsAreOf(person: string): void {
  if (localStorage.getItem(OWNER) === person) return;
  dropAllDrafts();
  localStorage.setItem(OWNER, person);
}

/** Everything typed by one person leaves this browser with them at sign-out; nothing more is kept after it. */
export function dropAllDrafts(): void {
  localStorage.removeItem(OWNER);
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
}
