/** Who sees all of something, and who only what is theirs: for the words around it, never for the rows. */
import type { Me } from "@/api/types";
import { hasRole } from "./permissions";

/** As in the services' own lists of this name, which decide; a test compares them. */
const OVERSEERS = {
  engagements: ["admin", "client_manager", "partner"],
  surveys: ["admin", "client_manager", "partner", "service_lead"],
};

export function seesAll(of: keyof typeof OVERSEERS, me: Me | undefined): boolean {
  return hasRole(me, ...OVERSEERS[of]);
}
