/** Where one can go, and from which side; the navigation and the command box read the same list. */
import { BriefcaseBusiness, Building2, CalendarRange, FileUp, Inbox, MailOpen, ScrollText, Users, type LucideIcon } from "lucide-react";
import type { Me } from "@/api/types";
import { hasRole } from "@/auth/permissions";

export interface Place {
  key: "week" | "clients" | "cases" | "users" | "imports" | "audit" | "mailbox" | "requests" | "account";
  to: string;
  icon: LucideIcon;
  group: "work" | "administration";
  admits: (me: Me) => boolean;
}

const firm = (me: Me) => me.side === "firm";
const admin = (me: Me) => firm(me) && hasRole(me, "admin");

export const PLACES: readonly Place[] = [
  { key: "week", to: "/week", icon: CalendarRange, group: "work", admits: firm },
  { key: "clients", to: "/clients", icon: Building2, group: "work", admits: firm },
  { key: "cases", to: "/cases", icon: Inbox, group: "work", admits: firm },
  { key: "requests", to: "/requests", icon: BriefcaseBusiness, group: "work", admits: (me) => me.side === "client" },
  { key: "imports", to: "/imports", icon: FileUp, group: "administration", admits: (me) => firm(me) && hasRole(me, "admin", "client_manager", "partner") },
  { key: "users", to: "/users", icon: Users, group: "administration", admits: admin },
  { key: "audit", to: "/audit", icon: ScrollText, group: "administration", admits: admin },
  { key: "mailbox", to: "/dev/mail", icon: MailOpen, group: "administration", admits: (me) => admin(me) && me.demo === true },
];

export function placesFor(me: Me): Place[] { return PLACES.filter((place) => place.admits(me)); }
