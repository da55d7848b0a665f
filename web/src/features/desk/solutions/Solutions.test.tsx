import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { api } from "@/api/client";
import type { Case } from "@/api/types";
import { changeLanguage, startLanguage } from "@/i18n";
import { Promises } from "../promises/Promises";
import { Solutions } from "./Solutions";

const solution = (id: string, before_reopening: boolean) => ({
  id, title: id, description: "", status: "accepted", cost: null, duration_days: null, risk: null,
  decline_reason: null, before_reopening,
});
const caseThat = (status: string) => ({ id: "k", status, can: [] }) as unknown as Case;

function show(items: readonly object[], part: React.ReactNode) {
  vi.spyOn(api, "get").mockResolvedValue({ items, next_cursor: null });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>{part}</App>
    </QueryClientProvider>,
  );
}

beforeAll(async () => { await startLanguage(); await changeLanguage("en"); });
afterEach(() => { cleanup(); vi.restoreAllMocks(); });

it("puts what was accepted before a reopening behind what counts now, and says so", async () => {
  show([solution("earlier", true), solution("now", false)], <Solutions item={caseThat("reopened")} />);
  await screen.findByText("Accepted · before it was reopened");
  const [first, second] = screen.getAllByRole("article");
  expect(first?.getAttribute("aria-label")).toBe("now");
  expect(first?.className).toContain("solution-accepted");
  expect(second?.className).not.toContain("solution-accepted");
});

it.each([
  ["resolved", "Nothing was promised."],
  ["open", "Nothing promised yet. The client waits for a time to count on."],
])("says of a case that is %s: %s", async (status, words) => {
  show([], <Promises item={caseThat(status)} />);
  expect(await screen.findByText(words)).toBeDefined();
});
