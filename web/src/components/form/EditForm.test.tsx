import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { App, Form, Input } from "antd";
import { useState } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Problem } from "@/api/problem";
import { changeLanguage, startLanguage } from "@/i18n";
import { draftsAreOf } from "@/lib/drafts";
import { EditForm } from "./EditForm";

interface Values { short: string; city: string; notes: string }
interface Item extends Values { version: number; stage: string }

const opened: Item = { short: "Before", city: "Xi'an", notes: "", stage: "lead", version: 3 };
const valuesOf = ({ short, city, notes }: Item): Values => ({ short, city, notes });
const labels = { short: "Short name", city: "City", notes: "Notes" };
let sent: { changed: Partial<Values>; version: number }[] = [];
let arrive: (record: Item) => void = () => undefined;
let stored: Item = opened;
let hold: Promise<void> | undefined;
/** An answer takes longer than a drawing. */
const answered = () => new Promise((resolve) => setTimeout(resolve, 50));

async function change(changed: Partial<Values>, version: number): Promise<void> {
  sent.push({ changed, version });
  await hold;
  await answered();
  if (version === stored.version) return;
  throw new Problem({ type: "about:blank", title: "Stale", status: 412, current: stored }, "PATCH");
}

function Page() {
  const [record, setRecord] = useState(opened);
  arrive = setRecord;
  return (
    <EditForm<Item, Values>
      draft="item.1" record={record} home="/home" valuesOf={valuesOf} change={change} touches={["items"]}
      saved="Kept" submitLabel="Save" labels={labels}
    >
      {(Object.keys(labels) as (keyof Values)[]).map((name) => (
        <Form.Item key={name} name={name} label={labels[name]}><Input /></Form.Item>
      ))}
    </EditForm>
  );
}

const say = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const click = (name: string | RegExp) => { fireEvent.click(screen.getByRole("button", { name })); };
/** Also while the mark of the send before still fades. */
const save = () => { click(/Save$/); };
/** Somebody else saves; `live` when this page hears of it. */
const theySave = async (changed: Partial<Item>, live = true) => {
  stored = { ...opened, ...changed, version: 4 };
  if (!live) return;
  arrive(stored);
  await screen.findByRole("status");
};
const note = () => screen.queryByRole("status")?.textContent ?? "";

beforeAll(async () => {
  configure({ asyncUtilTimeout: 10_000 });
  await startLanguage();
});
beforeEach(async () => {
  await changeLanguage("en");
  draftsAreOf("lin");
  sent = [];
  stored = opened;
  hold = undefined;
  const router = createMemoryRouter(
    [{ path: "/edit", element: <App><Page /></App> }, { path: "/home", element: <p>At home</p> }],
    { initialEntries: ["/edit"] },
  );
  render(<QueryClientProvider client={new QueryClient()}><RouterProvider router={router} /></QueryClientProvider>);
});
afterEach(() => { cleanup(); localStorage.clear(); });

describe("a record that others change while its form is open", () => {
  it("says so at the form's head, with the fields, and keeps what was typed", async () => {
    say("City", "Chengdu");
    expect(note()).toBe("");
    await theySave({ short: "Theirs", notes: "a word" });
    expect(note()).toContain("This record was changed elsewhere since you opened the form");
    expect(note()).toContain("Changed: Short name and Notes.");
    expect(screen.getByLabelText("City")).toHaveProperty("value", "Chengdu");
  });

  it("says it in Chinese too", async () => {
    await changeLanguage("zh-CN");
    await theySave({ city: "成都" });
    expect(note()).toBe("您打开表单后，此记录已在别处被修改；您填写的内容仍保留。已修改：City。");
  });

  it("names no field where none of the form's changed", async () => {
    await theySave({ stage: "customer" });
    expect(note()).toBe("This record was changed elsewhere since you opened the form; what you typed stays.");
  });

  it("is silent about one's own save on its way", async () => {
    let answer: () => void = () => undefined;
    hold = new Promise((resolve) => { answer = resolve; });
    say("City", "Chengdu");
    save();
    await waitFor(() => { expect(sent).toHaveLength(1); });
    arrive({ ...opened, city: "Chengdu", version: 4 });
    await answered();
    expect(note()).toBe("");
    answer();
    expect(await screen.findByText("At home")).toBeDefined();
  });
});

describe("a save that comes second", () => {
  it("asks only about fields that both changed, tells theirs, and sends mine alone", async () => {
    say("City", "Chengdu");
    say("Short name", "Mine");
    await theySave({ short: "Theirs", notes: "their word" });
    save();
    const box = within(await screen.findByRole("dialog"));
    expect(box.getAllByRole("radio")).toHaveLength(2);
    expect(box.queryByText("City")).toBeNull();
    expect(box.getByText("Changed by them alone; stands as they wrote it")).toBeDefined();
    expect(box.getByText("their word")).toBeDefined();
    click("Use this choice");
    await waitFor(() => { expect(note()).toBe(""); });
    save();
    expect(await screen.findByText("At home")).toBeDefined();
    expect(sent.at(-1)).toEqual({ changed: { city: "Chengdu", short: "Mine" }, version: 4 });
  });

  it("asks nothing where nothing conflicts, and keeps theirs", async () => {
    say("City", "Chengdu");
    await theySave({ short: "Theirs" }, false);
    save();
    const box = within(await screen.findByRole("dialog"));
    expect(box.queryAllByRole("radio")).toHaveLength(0);
    expect(box.getByText("Theirs")).toBeDefined();
    click("Go on");
    await waitFor(() => { expect(screen.getByLabelText("Short name")).toHaveProperty("value", "Theirs"); });
    save();
    expect(await screen.findByText("At home")).toBeDefined();
    expect(sent.at(-1)).toEqual({ changed: { city: "Chengdu" }, version: 4 });
  });
});
