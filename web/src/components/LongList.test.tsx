import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { everyPage } from "@/api/paging";
import { changeLanguage, startLanguage } from "@/i18n";
import { LongList } from "./LongList";

const MANY = Array.from({ length: 101 }, (_, place) => ({ id: `call ${place + 1}` }));

beforeAll(async () => {
  await startLanguage();
  await changeLanguage("en");
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it("is made of every row, however many pages they fill", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", (address: string) => {
    asked.push(address);
    const on = address.includes("cursor=second");
    const page = { items: on ? MANY.slice(100) : MANY.slice(0, 100), next_cursor: on ? null : "second" };
    return Promise.resolve(new Response(JSON.stringify(page)));
  });
  expect(await everyPage("/clients", { mine: true }, new AbortController().signal)).toEqual(MANY);
  expect(asked).toHaveLength(2);
  expect(asked.every((address) => address.includes("mine=true"))).toBe(true);
});

it("says how much more there is, and shows it when asked", () => {
  render(<LongList className="agenda" items={MANY} render={(item) => item.id} />);
  expect(screen.queryByText("call 101")).toBeNull();
  fireEvent.click(screen.getByText("Show 51 more"));
  expect(screen.getByText("call 101")).toBeDefined();
  expect(screen.queryByText(/^Show/)).toBeNull();
  // The first button of all takes seconds on a busy machine.
}, 20_000);
