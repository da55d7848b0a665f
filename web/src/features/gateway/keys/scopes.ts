/** What a key may touch, in words: `case:read`, `case:write`, `case:*`, or one act by its name. */
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/auth/me";
import { joinNames } from "@/lib/names";

const RESOURCES = [
  "client",
  "contact",
  "interaction",
  "opportunity",
  "timeline",
  "import",
  "job",
  "case",
  "message",
  "note",
  "step",
  "promise",
  "solution",
  "follow-up",
  "engagement",
  "member",
  "candidate",
  "team",
  "gap",
  "plan",
  "phase",
  "task",
  "key-node",
  "deliverable",
  "stakeholder",
  "channel",
  "bypass",
  "template",
  "waiting",
  "survey",
  "campaign",
  "invitation",
  "answer",
  "response",
  "score",
  "user",
  "view",
  "search",
  "audit",
  "dead-letter",
  "key",
  "mail",
  "live",
  "history",
] as const;
type Resource = (typeof RESOURCES)[number];
const isKnown = (name: string): name is Resource => (RESOURCES as readonly string[]).includes(name);

const READING = new Set(["list", "view", "export"]);
/** About the person at a browser; a key has neither a session nor an account of its own. */
const PERSONAL = new Set(["me", "session"]);
type Act = "read" | "write";

/** A kind of record in the person's language; one that has no name yet by its code. */
export function useResourceName(): (name: string) => string {
  const { t } = useTranslation("keys");
  return useCallback((name) => (isKnown(name) ? t(`resource.${name}`) : name), [t]);
}

/** The kinds of records this person may give a key for, and whether there is something to read and to write. */
export function useResources(): readonly { name: string; acts: ReadonlySet<Act> }[] {
  const me = useMe();
  return useMemo(() => {
    const found = new Map<string, Set<Act>>();
    for (const permission of me?.permissions ?? []) {
      const [name = "", act = ""] = permission.split(":");
      if (PERSONAL.has(name)) continue;
      found.set(name, (found.get(name) ?? new Set<Act>()).add(READING.has(act) ? "read" : "write"));
    }
    const order = (name: string) => (isKnown(name) ? RESOURCES.indexOf(name) : RESOURCES.length);
    return [...found]
      .map(([name, acts]) => ({ name, acts }))
      .sort((a, b) => order(a.name) - order(b.name) || a.name.localeCompare(b.name));
  }, [me]);
}

export function useScopeNames(): (scopes: readonly string[]) => string {
  const { t, i18n } = useTranslation("keys");
  const say = useResourceName();
  return useCallback(
    (scopes) => {
      const acts = new Map<string, string[]>();
      for (const scope of scopes) {
        const [name = "", act = ""] = scope.split(":");
        acts.set(name, [
          ...(acts.get(name) ?? []),
          act === "*" ? t("act.all") : act === "read" || act === "write" ? t(`act.${act}`) : act,
        ]);
      }
      return joinNames(
        [...acts].map(([name, said]) => t("scope_said", { name: say(name), acts: said.join("/") })),
        i18n.language,
      );
    },
    [t, say, i18n.language],
  );
}
