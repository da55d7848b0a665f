/** Where one can go, and from which side; the navigation and the command box read the same list. */
import {
  BriefcaseBusiness,
  Building2,
  CalendarRange,
  FileUp,
  Handshake,
  Inbox,
  KeyRound,
  ListTodo,
  MailOpen,
  MailWarning,
  MessageCircleHeart,
  ScrollText,
  Target,
  Users,
  type LucideIcon,
} from "lucide-react";
import type { Me } from "@/api/types";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { permits } from "@/auth/permissions";

export interface Place {
  key:
    | "week"
    | "clients"
    | "opportunities"
    | "engagements"
    | "cases"
    | "users"
    | "imports"
    | "keys"
    | "audit"
    | "letters"
    | "mailbox"
    | "requests"
    | "surveys"
    | "own_surveys"
    | "waiting"
    | "own_engagements"
    | "account";
  to: string;
  icon: LucideIcon;
  group: "work" | "administration";
  admits: (me: Me) => boolean;
}

const firm = (me: Me) => me.side === "firm";
const may = (action: string) => (me: Me) => firm(me) && permits(me, action);

const PLACES: readonly Place[] = [
  { key: "week", to: "/week", icon: CalendarRange, group: "work", admits: firm },
  { key: "clients", to: "/clients", icon: Building2, group: "work", admits: firm },
  { key: "opportunities", to: "/opportunities", icon: Target, group: "work", admits: may("opportunity:list") },
  { key: "engagements", to: "/engagements", icon: Handshake, group: "work", admits: may("engagement:list") },
  { key: "cases", to: "/cases", icon: Inbox, group: "work", admits: firm },
  { key: "surveys", to: "/surveys", icon: MessageCircleHeart, group: "work", admits: may("score:view") },
  { key: "waiting", to: "/waiting", icon: ListTodo, group: "work", admits: (me) => me.side === "client" },
  { key: "own_engagements", to: "/engagements", icon: Handshake, group: "work", admits: (me) => me.side === "client" },
  { key: "requests", to: "/requests", icon: BriefcaseBusiness, group: "work", admits: (me) => me.side === "client" },
  { key: "own_surveys", to: "/surveys", icon: MessageCircleHeart, group: "work", admits: (me) => me.side === "client" },
  { key: "imports", to: "/imports", icon: FileUp, group: "administration", admits: may("import:list") },
  { key: "users", to: "/users", icon: Users, group: "administration", admits: may("user:create") },
  { key: "keys", to: "/keys", icon: KeyRound, group: "administration", admits: may("key:list") },
  { key: "audit", to: "/audit", icon: ScrollText, group: "administration", admits: may("audit:list") },
  { key: "letters", to: "/letters", icon: MailWarning, group: "administration", admits: may("dead-letter:list") },
  { key: "mailbox", to: "/dev/mail", icon: MailOpen, group: "administration", admits: may("mail:list") },
];

/** The mailbox exists only where no mail server is configured; asked once. */
function useHasMailbox(me: Me): boolean {
  const found = useQuery({
    queryKey: ["mail", "exists"], enabled: permits(me, "mail:list"), staleTime: Infinity, retry: false,
    queryFn: async ({ signal }) => { await api.get("/dev/mail", { limit: 1 }, signal); return true; },
  });
  return found.data === true;
}

export function usePlaces(me: Me): Place[] {
  const mailbox = useHasMailbox(me);
  return PLACES.filter((place) => place.admits(me) && (place.key !== "mailbox" || mailbox));
}

/** What is begun on a page of its own, for those who may do it alone. */
const BEGINNINGS: readonly (readonly [path: string, action: string])[] = [
  ["/clients/new", "client:create"], ["/opportunities/new", "opportunity:create"],
  ["/engagements/new", "engagement:draft"], ["/cases/new", "case:open"],
];

/** Whether there is anything on a page for this person; of a single record the service decides. */
export function isOpenTo(me: Me, path: string): boolean {
  const beginning = BEGINNINGS.find(([begun]) => begun === path);
  if (beginning && !permits(me, beginning[1])) return false;
  const here = PLACES.filter((place) => path === place.to || path.startsWith(`${place.to}/`));
  return here.length === 0 || here.some((place) => place.admits(me));
}
