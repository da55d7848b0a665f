import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { joinNames } from "@/lib/names";

export const FIRM_ROLES = [
  "admin",
  "partner",
  "client_manager",
  "consulting_pm",
  "consultant",
  "agent",
  "service_lead",
] as const;
export const CLIENT_ROLES = ["executive", "client_pm", "core", "peripheral"] as const;
const ALL = [...FIRM_ROLES, ...CLIENT_ROLES] as const;
type RoleName = (typeof ALL)[number];
const isRole = (name: string): name is RoleName => (ALL as readonly string[]).includes(name);

/** Says role names in the person's language, joined. */
export function useRoleNames(): (roles: readonly string[]) => string {
  const { t, i18n } = useTranslation("users");
  return useCallback(
    (roles) =>
      joinNames(
        roles.map((role) => (isRole(role) ? t(`role.${role}`) : role)),
        i18n.language,
      ),
    [t, i18n.language],
  );
}
