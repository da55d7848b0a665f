/** A small firm in memory, for working on the interface without the services. Never shipped. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { makeData } from "./data";

type Row = Record<string, unknown> & { id: string };

function matches(row: Row, query: URLSearchParams): boolean {
  for (const [name, value] of query) {
    if (["sort", "limit", "cursor", "total", "q", "live", "mine", "unassigned", "overdue"].includes(name) || name.includes(".")) continue;
    if (!value.split(",").includes(String(row[name]))) return false;
  }
  const q = query.get("q");
  return !q || JSON.stringify(row).toLowerCase().includes(q.toLowerCase());
}

function listed(rows: Row[], query: URLSearchParams): unknown {
  const found = rows.filter((row) => matches(row, query));
  const sort = query.get("sort") ?? "id";
  const field = sort.replace("-", "");
  const end = "\uffff";
  found.sort((a, b) => String(a[field] ?? end).localeCompare(String(b[field] ?? end)) * (sort.startsWith("-") ? -1 : 1));
  const from = Number(query.get("cursor") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  return { items: found.slice(from, from + limit), next_cursor: from + limit < found.length ? String(from + limit) : null, total: found.length };
}

export function firm(): Plugin {
  const data = makeData();
  const say = (response: ServerResponse, status: number, body: unknown) => {
    response.statusCode = status;
    response.setHeader("Content-Type", status >= 400 ? "application/problem+json" : "application/json");
    response.end(body === undefined ? "" : JSON.stringify(body));
  };
  const missing = { type: "about:blank", code: "not_found", title: "Not found", status: 404, detail: "There is nothing here that you can see.", request_id: "req-0001" };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const address = new URL(request.url ?? "/", "http://dev");
    const [, , , collection = "", id, part] = address.pathname.split("/");
    const who = /rapport_who=([a-z]+)/.exec(request.headers.cookie ?? "")?.[1];
    if (collection === "auth") {
      if (id === "options") { say(response, 200, { demo: true }); return; }
      if (id === "session" && request.method === "POST") { response.setHeader("Set-Cookie", "rapport_who=manager; Path=/"); say(response, 200, {}); return; }
      if (id === "session") { response.setHeader("Set-Cookie", "rapport_who=; Path=/; Max-Age=0"); say(response, 204, undefined); return; }
      say(response, 200, { email: "new@firm.example", name: "孙宁" });
      return;
    }
    if (collection === "events") { response.writeHead(200, { "Content-Type": "text/event-stream" }); response.write(": here\n\n"); return; }
    if (collection === "me") { say(response, who ? 200 : 401, who ? data.me(who) : { ...missing, status: 401 }); return; }
    if (collection === "dev") { say(response, 200, part ? data.mail.find((mail) => mail.id === part) : { items: data.mail, next_cursor: null }); return; }
    const rows = (data.collections as unknown as Record<string, Row[] | undefined>)[collection];
    if (!rows) { say(response, 404, missing); return; }
    const row = rows.find((item) => item.id === id);
    if (!id) say(response, request.method === "POST" ? 422 : 200, request.method === "POST" ? { ...missing, status: 422, code: "invalid", title: "Some values need attention", detail: "Nothing was saved.", errors: [{ pointer: "/legal_name", detail: "This name is too short." }] } : listed(rows, address.searchParams));
    else if (part && row) { const found = data.part(collection, row, part); say(response, 200, Array.isArray(found) ? { items: found, next_cursor: null } : found); }
    else say(response, row ? 200 : 404, row ?? missing);
  };
  return {
    name: "development-firm",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.startsWith("/api/v1/")) answer(request, response); else next();
      });
    },
  };
}
