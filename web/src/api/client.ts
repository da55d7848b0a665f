/** The one way to the API: cookies, CSRF token, language, idempotency, problem documents. */
import { keyFor, settle, wordsOf } from "./keys";
import { noteWrite } from "./own";
import { Problem, problemFrom, unreachable } from "./problem";

const BASE = "/api/v1";
const UNSAFE = new Set(["POST", "PUT", "PATCH", "DELETE"]);

export type QueryValue = string | number | boolean | null | undefined | readonly string[];
export type Query = Record<string, QueryValue>;

export interface SendOptions {
  query?: Query;
  body?: unknown;
  /** The version the change is based on; sent as If-Match. */
  version?: number;
  signal?: AbortSignal;
  /** A step that may be taken back and come anew with the same words. */
  comesAgain?: boolean;
}

export interface Answer<T> { data: T; status: number; headers: Headers }

let language = "zh-CN";
let onSignedOut: () => void = () => undefined;
let onOtherSession: () => Promise<boolean> = () => Promise.resolve(false);
let session: string | null = null;

export function speak(tag: string): void { language = tag; }
/** Writes are made in this session alone, whichever the browser has by then; null: in whichever it has. */
export function writeFor(token: string | null): void { session = token; }
/** Asked when the browser has another session by now: whether the write may be made in that one. */
export function whenOtherSession(handler: () => Promise<boolean>): void { onOtherSession = handler; }
export function whenSignedOut(handler: () => void): void { onSignedOut = handler; }

export function queryString(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    if (Array.isArray(value)) { if (value.length) params.set(name, value.join(",")); }
    else params.set(name, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

export function url(path: string, query?: Query): string { return `${BASE}${path}${queryString(query)}`; }

export function cookie(name: string): string | null {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}

function headersFor(method: string, options: SendOptions, intent: string): Headers {
  const headers = new Headers({ Accept: "application/json", "Accept-Language": language });
  if (options.body !== undefined && !(options.body instanceof FormData)) {
    headers.set("Content-Type", "application/json");
  }
  if (options.version !== undefined) headers.set("If-Match", `"${options.version}"`);
  if (UNSAFE.has(method)) {
    const token = session ?? cookie("rapport_csrf");
    if (token) headers.set("X-CSRF-Token", token);
  }
  if (method === "POST") headers.set("Idempotency-Key", keyFor(intent, options.comesAgain));
  return headers;
}

export async function send<T>(
  method: string, path: string, options: SendOptions = {}, again = false,
): Promise<Answer<T>> {
  const { body } = options;
  const sent = body === undefined || body instanceof FormData ? body : JSON.stringify(body);
  const intent = `${method} ${path} ${sent instanceof FormData ? wordsOf(sent) : sent ?? ""}`;
  if (method !== "GET") noteWrite([path, typeof sent === "string" ? sent : ""]);
  let response: Response;
  try {
    response = await fetch(url(path, options.query), {
      method,
      headers: headersFor(method, options, intent),
      body: sent,
      credentials: "same-origin",
      signal: options.signal,
    });
  } catch (error) {
    settle(intent, 0);
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw unreachable(method);
  }
  settle(intent, response.status);
  if (!response.ok) {
    const problem = await problemFrom(response, method);
    const elsewhere = problem.document.code === "csrf_token_missing" && session !== null && !again;
    if (elsewhere && (await onOtherSession())) return send(method, path, options, true);
    if (problem.status === 401 && !path.startsWith("/auth/")) onSignedOut();
    throw problem;
  }
  const text = response.status === 204 ? "" : await response.text();
  if (method !== "GET") noteWrite([text.slice(0, 200)]);
  return { data: (text ? JSON.parse(text) : undefined) as T, status: response.status, headers: response.headers };
}

async function data<T>(method: string, path: string, options?: SendOptions): Promise<T> {
  return (await send<T>(method, path, options)).data;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => data<T>("GET", path, { query, signal }),
  post: <T>(path: string, body?: unknown, options?: SendOptions) => data<T>("POST", path, { ...options, body }),
  put: <T>(path: string, body: unknown, options?: SendOptions) => data<T>("PUT", path, { ...options, body }),
  patch: <T>(path: string, body: unknown, version?: number) => data<T>("PATCH", path, { body, version }),
  remove: <T>(path: string, version?: number) => data<T>("DELETE", path, { version }),
};

export { Problem };
