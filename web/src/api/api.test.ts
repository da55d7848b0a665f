import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, queryString, send, speak, whenSignedOut } from "./client";
import { keyFor, settle } from "./keys";
import { justWrote, noteWrite } from "./own";
import { adviceFor, Problem, safetyOf } from "./problem";

const ID = "0193a2f0-0000-7000-8000-000000000001";
const answers: Response[] = [];
const asked: { url: string; init: RequestInit }[] = [];
const header = (index: number, name: string) => (asked[index]?.init.headers as Headers).get(name);
const json = (body: unknown, status = 200, type = "application/json") =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": type } });

beforeEach(() => {
  answers.length = 0;
  asked.length = 0;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    asked.push({ url, init });
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError("no network"));
  });
});
afterEach(() => { vi.unstubAllGlobals(); });

describe("the way to the API", () => {
  it("speaks the person's language and leaves empty questions out", async () => {
    speak("en");
    answers.push(json({ items: [] }));
    await api.get("/clients", { q: "", stage: "active", cursor: null, total: true, ids: ["a", "b"] });
    expect(asked[0]?.url).toBe("/api/v1/clients?stage=active&total=true&ids=a%2Cb");
    expect(header(0, "Accept-Language")).toBe("en");
    expect(queryString({})).toBe("");
  });
  it("sends the version it is based on, the CSRF token and one key per creation", async () => {
    document.cookie = "rapport_csrf=t0ken";
    answers.push(json({}), json({}));
    await api.patch("/clients/1", { a: 1 }, 7);
    await api.post("/clients", { a: 1 });
    expect(header(0, "If-Match")).toBe('"7"');
    expect(header(0, "X-CSRF-Token")).toBe("t0ken");
    expect(header(0, "Idempotency-Key")).toBeNull();
    expect(header(1, "Idempotency-Key")).toBeTruthy();
  });
  it("repeats an unanswered creation under the same key, and a new one under a new key", async () => {
    await expect(api.post("/cases", { subject: "x" })).rejects.toBeInstanceOf(Problem);
    answers.push(json({}), json({}));
    await api.post("/cases", { subject: "x" });
    await api.post("/cases", { subject: "x" });
    expect(header(1, "Idempotency-Key")).toBe(header(0, "Idempotency-Key"));
    expect(header(2, "Idempotency-Key")).not.toBe(header(1, "Idempotency-Key"));
  });
  it("does an upload once, however often it is sent", async () => {
    const upload = (text: string) => {
      const form = new FormData();
      form.set("file", new File([text], "clients.csv", { lastModified: 1 }));
      return api.post("/imports", form);
    };
    await expect(upload("a,b")).rejects.toBeInstanceOf(Problem);
    answers.push(json({}), json({}));
    await upload("a,b");
    await upload("a,b,c");
    expect(header(1, "Idempotency-Key")).toBe(header(0, "Idempotency-Key"));
    expect(header(2, "Idempotency-Key")).not.toBe(header(1, "Idempotency-Key"));
  });
  it("takes other words after silence for another intent", async () => {
    await expect(api.post("/cases", { subject: "x" })).rejects.toBeInstanceOf(Problem);
    answers.push(json({}));
    await api.post("/cases", { subject: "y" });
    expect(header(1, "Idempotency-Key")).not.toBe(header(0, "Idempotency-Key"));
  });
  it("turns problem documents, other errors and silence into problems", async () => {
    answers.push(
      json(
        {
          type: "https://x/problems/duplicate_client",
          code: "duplicate_client",
          title: "Known",
          status: 409,
          candidates: [1],
        },
        409,
        "application/problem+json",
      ),
    );
    await expect(send("POST", "/clients", { body: {} })).rejects.toMatchObject({
      status: 409,
      code: "duplicate_client",
      document: { candidates: [1] },
    });
    answers.push(new Response("<html>", { status: 502 }));
    await expect(api.get("/x")).rejects.toMatchObject({ status: 502 });
    await expect(api.get("/x")).rejects.toMatchObject({ status: 0 });
  });
  it("says when the session is over, but not for a wrong password", async () => {
    const out = vi.fn();
    whenSignedOut(out);
    answers.push(json({}, 401), json({}, 401));
    await expect(api.get("/me")).rejects.toBeInstanceOf(Problem);
    await expect(api.post("/auth/session", {})).rejects.toBeInstanceOf(Problem);
    expect(out).toHaveBeenCalledTimes(1);
  });
});

describe("problems", () => {
  const problem = (status: number, method = "POST", more: object = {}) =>
    new Problem({ type: "about:blank", title: "", status, ...more }, method);
  it("name the fields they concern, each beginning as a sentence", () => {
    expect(
      problem(422, "POST", {
        errors: [
          { pointer: "/due_at", detail: "past" },
          { pointer: "#/body/cost/currency", detail: "unknown" },
          { pointer: "", detail: "too late" },
        ],
      }).fields(),
    ).toEqual({ due_at: ["Past"], cost: ["Unknown"], "": ["Too late"] });
  });
  it("tell what is safe", () => {
    expect(safetyOf(problem(500, "GET"))).toBe("nothing_changed");
    expect(safetyOf(problem(422))).toBe("draft_kept");
    expect(safetyOf(problem(0))).toBe("unknown");
    expect(safetyOf(problem(504))).toBe("unknown");
  });
  it("tell what to do", () => {
    expect([0, 403, 404, 412, 422, 429, 500].map((status) => adviceFor(problem(status))))
      .toEqual(["retry", "ask_admin", "go_back", "compare", "mend_fields", "wait", "report"]);
  });
});

describe("own acts", () => {
  it("are recognised for a few seconds only", () => {
    noteWrite([`/cases/${ID}/resolve`], 1_000);
    expect(justWrote(ID, 2_000)).toBe(true);
    expect(justWrote(ID, 60_000)).toBe(false);
  });
  it("keep their key until they are answered", () => {
    const key = keyFor("POST /x");
    settle("POST /x", 503);
    expect(keyFor("POST /x")).toBe(key);
    settle("POST /x", 201);
    expect(keyFor("POST /x")).not.toBe(key);
  });
  it("keep their key when a refusal follows a silence, which it does not explain", () => {
    const key = keyFor("POST /doubtful");
    settle("POST /doubtful", 0);
    settle("POST /doubtful", 409);
    expect(keyFor("POST /doubtful")).toBe(key);
  });
  it("get a new key after a refusal that was the first answer", () => {
    const key = keyFor("POST /refused");
    settle("POST /refused", 422);
    expect(keyFor("POST /refused")).not.toBe(key);
  });
  it("that come again are repeats for two minutes after silence, then acts of their own", () => {
    const key = keyFor("POST /step", true, 0);
    settle("POST /step", 0, 10_000);
    expect(keyFor("POST /step", true, 130_000)).toBe(key);
    expect(keyFor("POST /step", true, 130_001)).not.toBe(key);
  });
  it("that make something are repeats however late", () => {
    const key = keyFor("POST /made", false, 0);
    settle("POST /made", 0, 0);
    expect(keyFor("POST /made", false, 8 * 3_600_000)).toBe(key);
  });
});
