import { describe, expect, it } from "vitest";
import type { Me } from "@/api/types";
import { asksFor, leads, type Source } from "./sources";

const SEEN = ["waiting:list", "case:list", "client:list"];
const TEAM = [...SEEN, "stakeholder:plan", "engagement:edit"];
const ROLES: Record<string, [string[], Source[]]> = {
  admin: [TEAM, ["waiting", "promised", "untaken", "contacts", "calls", "touches", "reviews"]],
  partner: [TEAM, ["waiting", "promised", "contacts", "touches", "reviews"]],
  client_manager: [TEAM, ["waiting", "promised", "contacts", "touches", "reviews"]],
  consulting_pm: [TEAM, ["waiting", "promised", "contacts", "touches", "reviews"]],
  consultant: [TEAM, ["waiting", "promised", "contacts", "touches", "reviews"]],
  agent: [SEEN, ["waiting", "promised", "untaken", "contacts", "calls"]],
  service_lead: [SEEN, ["waiting", "promised", "untaken", "contacts", "calls"]],
};

describe("my week", () => {
  it.each(Object.entries(ROLES))("of a %s is made of exactly its own work", (role, [permissions, sources]) => {
    const me = { side: "firm", roles: [role], permissions } as unknown as Me;
    expect([...asksFor(me)].sort()).toEqual([...sources].sort());
  });
  it("of a client's person has nothing that is written about people", () => {
    const me = { side: "client", roles: [], permissions: TEAM } as unknown as Me;
    expect([...asksFor(me)]).toEqual(["waiting", "promised"]);
  });
  it.each([
    [["consulting_pm"], true],
    [["director", "expert"], true],
    [["consultant"], false],
    [[], false],
  ] as const)("of whoever is %j of a team has its reviews: %s", (roles, expected) => {
    expect(leads({ my_roles: [...roles] })).toBe(expected);
  });
  it("of somebody unknown is empty", () => {
    expect(asksFor(undefined).size).toBe(0);
  });
});
