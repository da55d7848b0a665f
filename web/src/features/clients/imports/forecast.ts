import type { ImportJob } from "@/api/types";
import type { ApplyChoice } from "./api";

/** Rows by what the chosen way does with them. */
export interface Foretold {
  ready: number;
  created: number;
  updated: number;
  present: number;
  unclear: number;
  unknown: number;
  repeated: number;
  left: number;
}

/** What each way writes, which is said even of no row. */
const WRITES = {
  create: ["created"],
  upsert: ["created", "updated"],
  update_only: ["updated"],
} as const;
const STAYS_OUT = ["present", "unclear", "unknown", "repeated", "left"] as const;

/** The figures worth saying: what is written, and for what reasons rows stay out. */
export const worthSaying = (mode: ApplyChoice["mode"], will: Foretold) => [
  ...WRITES[mode],
  ...STAYS_OUT.filter((name) => will[name] > 0),
];

/** What applying would do with the rows; together they are all rows of the file. */
export function foretell(job: ImportJob, { mode, key, similar }: ApplyChoice): Foretold {
  const rows = job.forecast?.[key] ?? { new: 0, similar: 0, known: 0, unclear: 0 };
  const fresh = rows.new + (similar === "create" ? rows.similar : 0);
  const created = mode === "update_only" ? 0 : fresh;
  const updated = mode === "create" ? 0 : rows.known;
  // Whichever it is: a client that is there is not added again.
  const present = mode === "create" ? rows.known + rows.unclear : 0;
  const unclear = mode === "create" ? 0 : rows.unclear;
  const unknown = mode === "update_only" ? rows.new + rows.similar : 0;
  const repeated = job.counts["duplicates"] ?? 0;
  const left = (job.counts["rows"] ?? 0) - created - updated - present - unclear - unknown - repeated;
  return { ready: created + updated, created, updated, present, unclear, unknown, repeated, left };
}
