import {
  CalendarHeart,
  ClipboardCheck,
  FileCheck2,
  FileClock,
  Flag,
  Gavel,
  MapPin,
  MessageSquareReply,
  MessagesSquare,
  PencilLine,
  PhoneCall,
  Route,
  Waypoints,
  type LucideIcon,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Case, Client, Deliverable, OwnStakeholderAction, WaitingItem } from "@/api/types";
import { dueContacts } from "@/lib/contact";
import { dueOf } from "@/lib/promise";
import { sayText, subjectOf } from "@/lib/said";
import { todayIn } from "@/lib/time";
import type { Call } from "./api";

/** One thing to do: what, for whom, by when, and where it is done. */
export interface WeekItem {
  key: string;
  kind: string;
  icon: LucideIcon;
  title: string;
  detail: string;
  day: string;
  /** Of a promise: the exact time, or null while none is given. */ dueAt?: string | null;
  to: string;
  act: string;
  actTo: string;
}

const NEVER = "9999-12-31";
const WAITING: Record<WaitingItem["kind"], LucideIcon> = {
  deliverable_draft: PencilLine,
  deliverable_comment: MessagesSquare,
  deliverable_check: FileCheck2,
  deliverable_decide: Gavel,
  deliverable_rollout: Route,
  task: ClipboardCheck,
  key_node: Flag,
  plan: Route,
};

/** Where what waits is done. */
function placeOfWaiting(item: WaitingItem): string {
  if (item.kind.startsWith("deliverable_")) return `/deliverables/${item.record_id}`;
  return item.kind === "task"
    ? `/engagements/${item.engagement_id}?task=${item.record_id}`
    : `/engagements/${item.engagement_id}`;
}

export function useSayItems() {
  const { t, i18n } = useTranslation(["week", "deliverables", "engagements"]);
  return {
    ofWaiting: (item: WaitingItem): WeekItem => ({
      key: `waiting.${item.id}`,
      kind: t(`kind.${item.kind}`),
      icon: WAITING[item.kind],
      title: item.kind === "plan" ? item.engagement.title : sayText(item.title, i18n.language),
      detail: item.kind === "plan" ? item.engagement.number : item.engagement.title,
      day: item.due_on,
      to: placeOfWaiting(item),
      act: t(`act.${item.kind}`),
      actTo: placeOfWaiting(item),
    }),
    ofPromise: (item: Case, zone: string, now: Date): WeekItem => {
      const due = dueOf(item);
      return {
        key: `case.${item.id}`,
        kind: t(due ? "kind.promise" : "kind.to_promise"),
        icon: MessageSquareReply,
        title: subjectOf(item, i18n.language),
        detail: item.client?.name ?? item.number,
        // A case in hand without a promise is today's work: to give one.
        day: todayIn(zone, due ? new Date(due) : now),
        dueAt: due,
        to: `/cases/${item.id}`,
        act: t(due ? "act.promise" : "act.to_promise"),
        actTo: `/cases/${item.id}`,
      };
    },
    ofContacts: (client: Client): WeekItem[] =>
      dueContacts(client).map(({ kind, on }) => ({
        key: `client.${client.id}.${kind}`,
        kind: t(`kind.${kind}`),
        icon: kind === "visit" ? MapPin : PhoneCall,
        title: client.short_name ?? client.legal_name,
        detail: client.grade ? t("grade", { grade: client.grade }) : client.legal_name,
        day: on,
        to: `/clients/${client.id}`,
        act: t("act.contact"),
        actTo: `/clients/${client.id}/interactions/new?kind=${kind}`,
      })),
    ofTouch: (action: OwnStakeholderAction): WeekItem => {
      const to = `/engagements/${action.engagement.id}/stakeholders?person=${action.stakeholder.id ?? ""}`;
      return {
        key: `touch.${action.id}`,
        kind: t("kind.touch"),
        icon: Waypoints,
        title: action.text,
        day: action.due_on,
        detail: `${action.stakeholder.name ?? ""} · ${action.engagement.title}`,
        to,
        act: t("act.touch"),
        actTo: to,
      };
    },
    ofReview: (item: Deliverable): WeekItem => ({
      key: `review.${item.id}`,
      kind: item.step ? t(`kind.deliverable_${item.step}`) : "",
      icon: FileClock,
      title: sayText(item.title, i18n.language),
      detail: [
        item.waits_for && t("deliverables:waits_for", { role: t(`engagements:role.${item.waits_for}`) }),
        item.engagement.title,
      ]
        .filter(Boolean)
        .join(" · "),
      day: item.due_on ?? NEVER,
      to: `/deliverables/${item.id}`,
      act: t("act.review"),
      actTo: `/deliverables/${item.id}`,
    }),
    ofFollowUp: (call: Call): WeekItem => ({
      key: `follow.${call.id}`,
      kind: t("kind.follow_up"),
      icon: CalendarHeart,
      title: call.case ? subjectOf(call.case, i18n.language) : t("follow_up"),
      detail: call.case?.number ?? "",
      day: call.due_on,
      to: `/cases/${call.case_id}`,
      act: t("act.follow_up"),
      actTo: `/cases/${call.case_id}`,
    }),
  };
}
