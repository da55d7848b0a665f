/** Which questions make up whose week: each role is asked only about what is its work. */
import type { Me } from "@/api/types";
import { hasRole, permits } from "@/auth/permissions";

export type Source = "waiting" | "promised" | "untaken" | "contacts" | "calls" | "touches";

const ASKED: Record<Source, (me: Me | undefined) => boolean> = {
  waiting: (me) => permits(me, "waiting:list"),
  promised: (me) => permits(me, "case:list"),
  untaken: (me) => hasRole(me, "agent", "service_lead", "admin"),
  contacts: (me) => hasRole(me, "client_manager", "partner", "admin"),
  calls: (me) => hasRole(me, "agent", "service_lead", "admin"),
  touches: (me) => me?.side === "firm" && permits(me, "stakeholder:plan"),
};

export function asksFor(me: Me | undefined): ReadonlySet<Source> {
  return new Set((Object.keys(ASKED) as Source[]).filter((source) => ASKED[source](me)));
}
