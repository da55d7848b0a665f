/** RFC 9457 problem documents, and what a person is told about them. */

export interface FieldProblem { pointer: string; detail: string }
export interface ProblemDocument {
  type: string; title: string; status: number; detail?: string; code?: string;
  request_id?: string; errors?: FieldProblem[]; [extension: string]: unknown;
}

export class Problem extends Error {
  constructor(readonly document: ProblemDocument, readonly method: string = "GET") {
    super(document.detail ?? document.title);
  }
  get status(): number { return this.document.status; }
  get code(): string { return this.document.code ?? this.document.type.split("/").pop() ?? ""; }
  get requestId(): string | undefined { return this.document.request_id; }

  /** What is wrong where, each as a sentence begins: the server says them as parts of one. */
  get places(): FieldProblem[] {
    return (this.document.errors ?? []).filter(({ detail }) => detail)
      .map(({ pointer, detail }) => ({ pointer, detail: detail.charAt(0).toUpperCase() + detail.slice(1) }));
  }

  /** Messages by form field: `/cost/currency` is of the field `cost`, what concerns none is of "". */
  fields(): Record<string, string[]> {
    const named: Record<string, string[]> = {};
    for (const { pointer, detail } of this.places) {
      const [field = ""] = pointer.replace(/^#?\/(body\/)?/, "").split("/");
      (named[field] ??= []).push(detail);
    }
    return named;
  }
}

/** What a caller without an answer sees: no status, no request id. */
export function unreachable(method: string): Problem {
  return new Problem({ type: "about:blank", code: "unreachable", title: "", status: 0 }, method);
}

export async function problemFrom(response: Response, method: string): Promise<Problem> {
  const fallback: ProblemDocument = {
    type: "about:blank", code: `status_${response.status}`, title: "", status: response.status,
    request_id: response.headers.get("rapport-request-id") ?? undefined,
  };
  const kind = response.headers.get("content-type") ?? "";
  if (!kind.includes("json")) return new Problem(fallback, method);
  const body = (await response.json().catch(() => null)) as Partial<ProblemDocument> | null;
  return new Problem({ ...fallback, ...body, status: response.status }, method);
}

export type Advice =
  | "retry" | "sign_in" | "ask_admin" | "mend_fields" | "compare" | "wait" | "go_back" | "report";
export type Safety = "nothing_changed" | "draft_kept" | "unknown";

const ADVICE: Record<number, Advice> = {
  0: "retry", 400: "report", 401: "sign_in", 403: "ask_admin", 404: "go_back", 409: "compare",
  412: "compare", 413: "mend_fields", 415: "mend_fields", 422: "mend_fields", 429: "wait",
  502: "retry", 503: "wait", 504: "retry",
};

/** What to do next about a problem, from its status alone. */
export function adviceFor(problem: Problem): Advice {
  return ADVICE[problem.status] ?? "report";
}

/** What is certain about the data: a read changes nothing, an unanswered write is unknown. */
export function safetyOf(problem: Problem): Safety {
  if (problem.method === "GET") return "nothing_changed";
  if (problem.status === 0 || problem.status >= 502) return "unknown";
  return "draft_kept";
}
