import { fireEvent, render, screen } from "@testing-library/react";
import { App } from "antd";
import { MemoryRouter } from "react-router";
import { expect, it, vi } from "vitest";
import { Problem } from "@/api/problem";
import { changeLanguage, startLanguage } from "@/i18n";
import { ProblemNotice } from "./ProblemNotice";

it("copies the request id of a problem and says so", async () => {
  await startLanguage();
  await changeLanguage("en");
  const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const error = new Problem({ type: "about:blank", title: "Not now", status: 503, request_id: "01a2-req" });
  render(<MemoryRouter><App><ProblemNotice error={error} /></App></MemoryRouter>);
  fireEvent.click(screen.getByRole("button", { name: /^Copy the request id/ }));
  expect(written).toHaveBeenCalledExactlyOnceWith("01a2-req");
  expect(await screen.findByText("Request id copied")).toBeDefined();
});
