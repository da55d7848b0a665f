/** The three calls of the answer page. The token travels in a header, so that no log holds it. */
import type { components } from "../src/api/schema";

export type Survey = components["schemas"]["OpenSurvey"];
export type Question = Survey["questions"][number];
export type Answers = Record<string, string | number | null>;

export class Refused extends Error {
  constructor(
    readonly status: number,
    /** Keys of the questions that were refused. */
    readonly questions: string[],
  ) {
    super(String(status));
  }
}

async function call(method: string, token: string, answers?: Answers): Promise<Response> {
  const response = await fetch("/api/v1/answers", {
    method,
    credentials: "omit",
    cache: "no-store",
    keepalive: method === "PUT",
    headers: { "Survey-Token": token, ...(answers ? { "Content-Type": "application/json" } : {}) },
    ...(answers ? { body: JSON.stringify({ answers }) } : {}),
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { errors?: { pointer?: string }[] };
  const places = (problem.errors ?? []).map((each) => each.pointer?.split("/")[2] ?? "");
  throw new Refused(response.status, places.filter(Boolean));
}

export async function look(token: string): Promise<Survey> {
  return (await (await call("GET", token)).json()) as Survey;
}

export async function keep(token: string, answers: Answers): Promise<void> {
  await call("PUT", token, answers);
}

export async function submit(token: string, answers: Answers): Promise<void> {
  await call("POST", token, answers);
}
