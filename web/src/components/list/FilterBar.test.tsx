import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { createRef, useState } from "react";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { changeLanguage, startLanguage } from "@/i18n";
import type { FilterValues } from "@/lib/filters";
import { FilterBar } from "./FilterBar";

const STAGE = { name: "stage", label: "Stage", options: [{ value: "active", label: "Active" }] };
const asked = vi.fn();

function Bar() {
  const [values, setValues] = useState<FilterValues>({ stage: "active" });
  return (
    <FilterBar
      filters={[STAGE]} values={values} searchLabel="Find clients" searchable named={false} searchRef={createRef()}
      onChange={asked} onClear={() => { setValues({}); }}
    />
  );
}
const typed = (text: string) => {
  const box = screen.getByRole("textbox", { name: "Find clients" });
  fireEvent.change(box, { target: { value: text } });
  return box;
};

beforeAll(async () => {
  await startLanguage();
  await changeLanguage("en");
});
beforeEach(() => {
  asked.mockReset();
  vi.useFakeTimers();
});
afterEach(() => { cleanup(); vi.useRealTimers(); });

it("searches after a short rest", () => {
  render(<Bar />);
  typed("hua");
  vi.advanceTimersByTime(300);
  expect(asked).toHaveBeenCalledExactlyOnceWith("q", "hua");
});

it("drops what is being typed when the filters are cleared", () => {
  render(<Bar />);
  const box = typed("hua");
  fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  vi.advanceTimersByTime(300);
  expect(asked).not.toHaveBeenCalled();
  expect(box).toHaveProperty("value", "");
});

it("asks nothing once the list is gone", () => {
  const { unmount } = render(<Bar />);
  typed("hua");
  unmount();
  vi.advanceTimersByTime(300);
  expect(asked).not.toHaveBeenCalled();
});
