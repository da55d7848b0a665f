import type { Client } from "@/api/types";

type Due = Pick<Client, "next_call_on" | "next_visit_on">;
export interface Contact { kind: "call" | "visit"; on: string }

/** The contacts a client's clocks ask for, by day: a visit counts as a call too, so none is asked for after it. */
export function dueContacts({ next_call_on: call, next_visit_on: visit }: Due): Contact[] {
  return [
    ...(call !== null && (visit === null || call <= visit) ? [{ kind: "call" as const, on: call }] : []),
    ...(visit !== null ? [{ kind: "visit" as const, on: visit }] : []),
  ];
}

/** What the next contact with a client is to be: whichever falls due first, a call where both do. */
export function nextContact(client: Due): Contact["kind"] {
  return dueContacts(client)[0]?.kind ?? "call";
}
