/** Two questions only: may this person ever do it (from /me), and on this record (its `can`). */
import type { Me } from "@/api/types";
import { useMe } from "./me";

export function permits(me: Me | undefined, action: string): boolean {
  return me?.permissions.includes(action) ?? false;
}

export function usePermission(action: string): boolean { return permits(useMe(), action); }

/** A record's `can` decides; a list row without one falls back on the general permission. */
export function useCan(record: { can?: readonly string[] } | undefined, act: string, action: string): boolean {
  const general = usePermission(action);
  if (!record) return false;
  return record.can ? record.can.includes(act) || record.can.includes(action) : general;
}

export function hasRole(me: Me | undefined, ...roles: string[]): boolean {
  return me?.roles.some((role) => roles.includes(role)) ?? false;
}
