/** The session that this page was opened in: in another tab of the browser somebody else may have begun one since. */
import { api, cookie, writeFor } from "@/api/client";
import type { Me } from "@/api/types";

let person: string | null = null;
let token: string | null = null;

/** The page is this person's: what is written from it is written in their session alone, or not at all. */
export function openedFor(me: Me): void {
  if (person !== null && person !== me.user.id) location.reload();
  person = me.user.id;
  token = me.csrf_token ?? null;
  writeFor(token);
}

/** Nobody works on this page any more. */
export function left(): void {
  person = token = null;
  writeFor(null);
}

/** Whether the browser has another session by now than the one of this page. */
export function isOutdated(): boolean { return token !== null && cookie("rapport_csrf") !== token; }

/** Ask who is signed in now: the same person goes on in the new session, anybody else gets a page of their own. */
export async function meet(): Promise<boolean> {
  const me = await api.get<Me>("/me");
  const same = me.user.id === person;
  openedFor(me);
  return same;
}
