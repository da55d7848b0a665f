import { describe, expect, it } from "vitest";
import type { Me } from "@/api/types";
import { asksFor, type Source } from "./sources";

const SEEN = ["waiting:list", "case:list"];
const TEAM = [...SEEN, "stakeholder:plan"];
const ROLES: Record<string, [string[], Source[]]> = {
  admin: [TEAM, ["waiting", "promised", "untaken", "contacts", "calls", "touches"]],
  partner: [TEAM, ["waiting", "promised", "contacts", "touches"]],
  client_manager: [TEAM, ["waiting", "promised", "contacts", "touches"]],
  consulting_pm: [TEAM, ["waiting", "promised", "touches"]],
  consultant: [TEAM, ["waiting", "promised", "touches"]],
  agent: [SEEN, ["waiting", "promised", "untaken", "calls"]],
  service_lead: [SEEN, ["waiting", "promised", "untaken", "calls"]],
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
  it("of somebody unknown is empty", () => {
    expect(asksFor(undefined).size).toBe(0);
  });
});
