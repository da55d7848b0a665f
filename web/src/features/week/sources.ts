/** Which questions make up whose week: each role is asked only about what is its work. */
import type { Engagement, Me } from "@/api/types";
import { hasRole, permits } from "@/auth/permissions";

export type Source = "waiting" | "promised" | "untaken" | "contacts" | "calls" | "touches" | "reviews";

const ASKED: Record<Source, (me: Me | undefined) => boolean> = {
  waiting: (me) => permits(me, "waiting:list"),
  promised: (me) => permits(me, "case:list"),
  untaken: (me) => hasRole(me, "agent", "service_lead", "admin"),
  // Anybody of the firm may own a client, and then its calls and visits are theirs.
  contacts: (me) => me?.side === "firm" && permits(me, "client:list"),
  calls: (me) => hasRole(me, "agent", "service_lead", "admin"),
  touches: (me) => me?.side === "firm" && permits(me, "stakeholder:plan"),
  // Whoever may be on a team may lead one: the place decides, not the role.
  reviews: (me) => me?.side === "firm" && permits(me, "engagement:edit"),
};

/** Whether the reader leads the engagement: to go after what waits for others is then their work. */
export function leads(engagement: Pick<Engagement, "my_roles">): boolean {
  return engagement.my_roles.some((role) => role === "consulting_pm" || role === "director");
}

export function asksFor(me: Me | undefined): ReadonlySet<Source> {
  return new Set((Object.keys(ASKED) as Source[]).filter((source) => ASKED[source](me)));
}
