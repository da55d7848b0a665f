import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Block } from "@/api/stream";
import { MeContext } from "@/auth/me";
import type { Me } from "@/api/types";
import { Live } from "./Live";

type Receive = (block: Block) => void;
type OnState = (live: boolean, resumed: boolean) => void;
const stream = vi.hoisted(() => ({ receive: (() => undefined) as Receive, state: (() => undefined) as OnState }));
vi.mock("@/api/stream", async (original) => ({
  ...(await original<object>()),
  openStream: (_: string, receive: Receive, state: OnState) => {
    Object.assign(stream, { receive, state });
    return () => undefined;
  },
}));

const asked: Record<string, number> = {};
const SHOWN = ["clients", "cases", "surveys"];
let visibility: DocumentVisibilityState = "visible";
let failing = "";

function List({ name }: { name: string }) {
  useQuery({
    queryKey: [name, "list"], retry: false, staleTime: Infinity,
    queryFn: () => {
      asked[name] = (asked[name] ?? 0) + 1;
      return name === failing ? Promise.reject(new Error("away")) : Promise.resolve(asked[name]);
    },
  });
  return null;
}

const me = { user: { id: "lin" }, side: "firm" } as unknown as Me;
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const tell = (type: string, id = "1") => {
  stream.receive({ id: null, event: null, data: JSON.stringify({ type, aggregate_id: id }) });
};
const registered = (id = "1") => { tell("clients.client.registered.v1", id); };
/** Counts from here on. */
const forgetAsked = () => { for (const name of SHOWN) asked[name] = 0; };
const setVisibility = (state: DocumentVisibilityState) => {
  visibility = state;
  window.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(async () => {
  vi.useFakeTimers();
  visibility = "visible";
  failing = "";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MeContext value={me}><Live>{SHOWN.map((name) => <List key={name} name={name} />)}</Live></MeContext>
    </QueryClientProvider>,
  );
  await pass(0);
  act(() => { stream.state(true, false); });
  forgetAsked();
});
afterEach(async () => {
  await pass(60 * 60_000); // marks are the page's
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("what changes live", () => {
  it("is asked anew at once, and once more for what follows by event", async () => {
    registered();
    await pass(200);
    expect(asked).toEqual({ clients: 1, cases: 0, surveys: 0 });
    await pass(1_000);
    expect(asked["clients"]).toBe(2);
    await pass(30_000);
    expect(asked).toEqual({ clients: 2, cases: 0, surveys: 0 });
  });

  it("shows each of a person's acts within a second, also the tenth", async () => {
    for (let turn = 1; turn <= 10; turn++) {
      forgetAsked();
      registered(String(turn));
      await pass(1_000);
      expect(asked["clients"]).toBeGreaterThanOrEqual(1);
      await pass(1_000);
    }
  });

  it("shows acts that follow each other closely soon after each", async () => {
    for (let turn = 1; turn <= 20; turn++) {
      forgetAsked();
      for (let event = 0; event < 4; event++) registered(`${turn}-${event}`);
      await pass(turn <= 10 ? 150 : 650);
      expect(asked["clients"]).toBeGreaterThanOrEqual(1);
      await pass(250);
    }
  });

  it("is asked twice a second at most while something goes on for long", async () => {
    for (let at = 0; at < 60_000; at += 50) { registered(String(at)); await pass(50); }
    expect(asked["clients"]).toBeLessThanOrEqual(12 + 2 * 60 + 1);
  });

  it("is asked a few times while an import goes on, and at most twice after its end", async () => {
    for (let at = 0; at < 20_000; at += 10) {
      registered(String(at));
      registered(`${at}-again`);
      await pass(10);
    }
    expect(asked["clients"]).toBeLessThanOrEqual(6);
    expect(asked["clients"]).toBeGreaterThanOrEqual(4);
    const during = asked["clients"] ?? 0;
    await pass(30_000);
    const after = (asked["clients"] ?? 0) - during;
    expect(after).toBeGreaterThanOrEqual(1);
    expect(after).toBeLessThanOrEqual(2);
    registered("a single one");
    await pass(200);
    expect(asked).toEqual({ clients: during + after + 1, cases: 0, surveys: 0 });
  });

  it("is asked by nobody in a hidden tab until it is shown", async () => {
    setVisibility("hidden");
    for (let at = 0; at < 100; at++) { registered(String(at)); await pass(100); }
    await pass(10_000);
    expect(asked["clients"]).toBe(0);
    act(() => { setVisibility("visible"); });
    await pass(10_000);
    expect(asked).toEqual({ clients: 1, cases: 0, surveys: 0 });
  });
});

describe("a stream that breaks off", () => {
  const breakOff = async (resumed: boolean) => {
    act(() => { stream.state(false, false); });
    await pass(1_000);
    act(() => { stream.state(true, resumed); });
  };

  it("asks nothing anew where it goes on from the last event", async () => {
    await breakOff(true);
    await pass(10_000);
    expect(asked).toEqual({ clients: 0, cases: 0, surveys: 0 });
  });

  it("asks anew what could not be read meanwhile", async () => {
    failing = "cases";
    tell("desk.case.changed.v1");
    await pass(10_000);
    forgetAsked();
    failing = "";
    await breakOff(true);
    await pass(10_000);
    expect(asked).toEqual({ clients: 0, cases: 1, surveys: 0 });
  });

  it("asks everything anew where events may be missed, seldom while that goes on", async () => {
    await breakOff(false);
    await pass(200);
    expect(asked).toEqual({ clients: 1, cases: 1, surveys: 1 });
    for (let turn = 0; turn < 20; turn++) {
      stream.receive({ id: null, event: "reset", data: "{}" });
      await breakOff(true);
    }
    expect(asked["surveys"]).toBeLessThanOrEqual(7);
  });
});
