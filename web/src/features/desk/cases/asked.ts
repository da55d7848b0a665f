/** What the survey asked about that opened a case, as far as its reader may go there. */
import type { Case, Me } from "@/api/types";
import { seesAll } from "@/auth/reach";

export function askedAbout(
  item: Pick<Case, "asked_case" | "asked_engagement_id">,
  me: Me | undefined,
): { number?: string; to: string } | null {
  const { asked_case: earlier, asked_engagement_id: engagement } = item;
  if (earlier) return { number: earlier.number, to: `${me?.side === "client" ? "/requests" : "/cases"}/${earlier.id}` };
  if (!engagement) return null;
  const reached = seesAll("engagements", me) || me?.memberships.some((place) => place.engagement_id === engagement);
  return reached ? { to: `/engagements/${engagement}` } : null;
}
