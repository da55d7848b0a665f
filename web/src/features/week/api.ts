/** Everything that falls due for one person, out of every service, as one kind of item. */
import { useQuery } from "@tanstack/react-query";
import type { Query } from "@/api/client";
import { everyPage } from "@/api/paging";
import type {
  Case,
  Client,
  Deliverable,
  Engagement,
  FollowUp,
  OwnStakeholderAction,
  WaitingItem,
} from "@/api/types";
import { leads } from "./sources";

const RUNNING = ["active", "closing"];
const UNDER_REVIEW = ["commenting", "checking", "deciding"];

/** A question asked only of those whose work it is; everybody else has an empty answer. */
export function useRows<T>(key: string, path: string, query: Query, enabled = true) {
  return useQuery({
    queryKey: [key, "week", path, query],
    enabled,
    queryFn: ({ signal }) => everyPage<T>(path, query, signal),
  });
}

export const useWaiting = (enabled = true) => useRows<WaitingItem>("waiting", "/waiting", { sort: "due_on" }, enabled);
export const usePromised = (enabled: boolean) =>
  useRows<Case>("cases", "/cases", { mine: true, live: true, sort: "next_due_at" }, enabled);
export const useUnassigned = (enabled: boolean) =>
  useRows<Case>("cases", "/cases", { unassigned: true, sort: "next_due_at" }, enabled);
export const useContacts = (before: string, enabled: boolean) =>
  useRows<Client>("clients", "/clients", { mine: true, due_before: before, sort: "next_due_on" }, enabled);
export type Call = FollowUp & { case?: { id: string; number: string; subject: string } };
export const useFollowUpsDue = (until: string, enabled: boolean) =>
  useRows<Call>(
    "follow-ups",
    "/follow-ups",
    { mine: true, status: "scheduled", "due_on.lte": until, sort: "due_on" },
    enabled,
  );
export const useTouches = (until: string, enabled: boolean) =>
  useRows<OwnStakeholderAction>(
    "stakeholders",
    "/stakeholder-actions",
    { "due_on.lte": until, sort: "due_on" },
    enabled,
  );

/** What is under review in the engagements that the reader leads: what waits for others there. */
export function useReviews(enabled: boolean) {
  const own = useRows<Engagement>("engagements", "/engagements", { mine: true, status: RUNNING }, enabled);
  const led = (own.data ?? []).filter(leads).map((engagement) => engagement.id);
  const query = { engagement_id: led, status: UNDER_REVIEW };
  const reviews = useRows<Deliverable>("deliverables", "/deliverables", query, led.length > 0);
  return [own, reviews] as const;
}
