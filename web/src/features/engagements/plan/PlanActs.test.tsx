import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { api } from "@/api/client";
import type { Engagement, KeyNode, Phase } from "@/api/types";
import { changeLanguage, startLanguage } from "@/i18n";
import { KeyNodes } from "./KeyNodes";
import { NextPhase } from "./NextPhase";

const title = { en: "Diagnosis", zh: "诊断" };
const NEXT = { id: "p", status: "planned", needs: [], title } as unknown as Phase;
const NODE = { id: "n", status: "planned", kind: "workshop", planned_on: "2026-11-30", title } as unknown as KeyNode;
const LEAD = ["edit", "staff"];
/** The client's project manager: staffs, and neither begins phases nor holds key nodes. */
const CLIENT_PM = ["staff"];

function show(status: string, can: readonly string[]) {
  const item = { id: "e", status, can, plan_confirmed_client_at: "x", plan_confirmed_consulting_at: "x" };
  vi.spyOn(api, "get").mockResolvedValue({ gaps: [], client: [], firm: [], domains: [] });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <NextPhase item={item as unknown as Engagement} phases={[NEXT]} tasks={[]} />
        <KeyNodes item={item as unknown as Engagement} nodes={[NODE]} />
      </App>
    </QueryClientProvider>,
  );
  return screen.queryAllByRole("button").map((button) => button.textContent);
}

beforeAll(async () => { await startLanguage(); await changeLanguage("en"); });
afterEach(() => { cleanup(); vi.restoreAllMocks(); });

it.each([
  ["active", LEAD, 2],
  ["closing", LEAD, 1],
  ["active", CLIENT_PM, 0],
  ["on_hold", LEAD, 0],
] as const)("offers where it is %s, to who may %j, as many acts as the server takes: %i", (status, can, count) => {
  expect(show(status, can)).toHaveLength(count);
});
