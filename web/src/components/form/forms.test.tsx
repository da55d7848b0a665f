import { cleanup, configure, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App, Form, Input } from "antd";
import type { ReactNode } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { Problem } from "@/api/problem";
import { changeLanguage, startLanguage } from "@/i18n";
import { draftsAreOf, readDraft } from "@/lib/drafts";
import { AskDialog } from "./AskDialog";
import { DraftForm } from "./DraftForm";
import { InstantPicker } from "./InstantPicker";

const refused = (status: number, more: object) =>
  new Problem({ type: "about:blank", title: "Refused", status, ...more }, "POST");
const show = (page: ReactNode) =>
  render(<RouterProvider router={createMemoryRouter([{ path: "/", element: <App>{page}</App> }])} />);
const say = (label: string, value: string) => {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const click = (name: string) => {
  fireEvent.click(screen.getByRole("button", { name }));
};

beforeEach(() => { draftsAreOf("lin"); });
beforeAll(async () => {
  configure({ asyncUtilTimeout: 10_000 });
  await startLanguage();
  await changeLanguage("en");
});
afterEach(() => { cleanup(); localStorage.clear(); });

const Reason = () => (
  <Form.Item name="reason" label="Reason">
    <Input />
  </Form.Item>
);
const dialog = (errors: object[]) =>
  show(
    <AskDialog
      open
      title="Why"
      okText="Send"
      submit={() => Promise.reject(refused(422, { errors }))}
      onClose={() => undefined}
    >
      <Reason />
    </AskDialog>,
  );

it("a dialog says what is wrong at its field alone where it has one", async () => {
  dialog([{ pointer: "/reason", detail: "too short" }]);
  click("Send");
  expect(await screen.findByText("Too short")).toBeDefined();
  expect(screen.queryByText("Refused")).toBeNull();
});

it("a dialog keeps saying what has no field when another problem has one", async () => {
  dialog([{ pointer: "/reason", detail: "too short" }, { pointer: "/due_at", detail: "in the past" }]);
  click("Send");
  expect(await screen.findByText("In the past")).toBeDefined();
  expect(screen.getByText("Refused")).toBeDefined();
});

it("a form keeps their words out of my draft once two edits were compared", async () => {
  const current = { name: "Theirs", note: "theirs too", version: 2 };
  const kept: unknown[] = [];
  const submit = () => {
    kept.push(readDraft("client.1")?.values);
    return Promise.reject(kept.length === 1 ? refused(412, { current }) : refused(503, {}));
  };
  show(
    <DraftForm
      draft="client.1"
      initial={{ name: "Before", note: "before" }}
      submit={submit}
      submitLabel="Save"
      labels={{ name: "Name", note: "Note" }}
    >
      {() => (
        <>
          <Form.Item name="name" label="Name">
            <Input />
          </Form.Item>
          <Form.Item name="note" label="Note">
            <Input />
          </Form.Item>
        </>
      )}
    </DraftForm>,
  );
  say("Note", "mine");
  click("Save");
  fireEvent.click(await screen.findByRole("button", { name: "Use this choice" }));
  await waitFor(() => { expect(screen.getByLabelText("Name")).toHaveProperty("value", "Theirs"); });
  click("Save");
  expect(await screen.findByText("Refused")).toBeDefined();
  expect(kept).toEqual([{ note: "mine" }, { note: "mine" }]);
});

const needed = [{ required: true, whitespace: true, message: "Please fill this in" }];
const fields = (
  <>
    <Form.Item name="note" label="Note">
      <Input />
    </Form.Item>
    <Form.Item name="subject" label="Subject" rules={needed}>
      <Input />
    </Form.Item>
    <Form.Item name="text" label="Text" rules={needed}>
      <Input.TextArea />
    </Form.Item>
  </>
);
const form = (submit: () => Promise<void>, initial = {}) =>
  show(
    <DraftForm draft="request.new" initial={initial} submit={submit} submitLabel="Send">
      {() => fields}
    </DraftForm>,
  );
const inField = (label: RegExp) =>
  waitFor(() => { expect(document.activeElement).toBe(screen.getByLabelText(label)); });
const press = (name: string) => {
  screen.getByRole("button", { name }).focus();
  click(name);
};

it("a form sent too early puts one into the first field that is wanting", async () => {
  form(() => Promise.resolve());
  press("Send");
  await inField(/^Subject/);
});

it("a form that is refused puts one into the first field that is wrong", async () => {
  const refuse = async () => {
    await new Promise((soon) => setTimeout(soon, 50));
    throw refused(422, { errors: [{ pointer: "/text", detail: "too short" }] });
  };
  form(refuse, { subject: "Report", text: "." });
  press("Send");
  expect(await screen.findByText("Too short")).toBeDefined();
  await inField(/^Text/);
});

it("a dialog sent too early puts one into the first field that is wanting", async () => {
  show(
    <AskDialog open title="Why" okText="Send" submit={() => Promise.resolve()} onClose={() => undefined}>
      {fields}
    </AskDialog>,
  );
  press("Send");
  await inField(/^Subject/);
});

it("a time is picked by the firm's clocks, and who has other clocks is told", async () => {
  show(<InstantPicker />);
  expect(await screen.findByText("By the firm's clocks, China Standard Time: yours show another time.")).toBeDefined();
});
