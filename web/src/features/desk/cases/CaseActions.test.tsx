import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { api } from "@/api/client";
import type { Case, FollowUp } from "@/api/types";
import * as permissions from "@/auth/permissions";
import { changeLanguage, startLanguage } from "@/i18n";
import { CaseActions } from "./CaseActions";

const RESOLVED = { id: "k", assignee_id: "a", can: ["close"] } as unknown as Case;

function showing(status: FollowUp["status"]) {
  vi.spyOn(permissions, "useCan").mockImplementation((_, act) => act === "close");
  vi.spyOn(api, "get").mockResolvedValue({ items: [{ id: "f", status }], next_cursor: null });
  const post = vi.spyOn(api, "post").mockResolvedValue({});
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App><CaseActions item={RESOLVED} /></App>
    </QueryClientProvider>,
  );
  return post;
}
async function close() {
  const button = await screen.findByRole("button", { name: "Close" });
  await waitFor(() => { expect(button).toHaveProperty("disabled", false); });
  fireEvent.click(button);
}

beforeAll(async () => { await startLanguage(); await changeLanguage("en"); });
afterEach(() => { cleanup(); vi.restoreAllMocks(); });

it("closes at once what was followed up", async () => {
  const post = showing("done");
  await close();
  await waitFor(() => { expect(post).toHaveBeenCalledWith("/cases/k/close", {}, { comesAgain: true }); });
  expect(screen.queryByLabelText(/Why no follow-up is made/)).toBeNull();
});

it("asks why a planned follow-up is left out, and needs an answer", async () => {
  const post = showing("scheduled");
  await close();
  await screen.findByLabelText(/Why no follow-up is made/);
  fireEvent.click(screen.getByRole("button", { name: "Close the case" }));
  expect(await screen.findByText("Please fill this in")).toBeDefined();
  expect(post).not.toHaveBeenCalled();
});
