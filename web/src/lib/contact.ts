import type { Client } from "@/api/types";

type Due = Pick<Client, "next_call_on" | "next_visit_on">;

/** What the next contact with a client is to be: whichever falls due first, a call where both do. */
export function nextContact({ next_call_on: call, next_visit_on: visit }: Due): "call" | "visit" {
  return visit !== null && (call === null || visit < call) ? "visit" : "call";
}
