import { describe, expect, it } from "vitest";
import type { ImportJob } from "@/api/types";
import { foretell } from "./forecast";

const rows = { new: 3, similar: 7, known: 394, unclear: 1 };
const job = {
  counts: { rows: 417, duplicates: 5 },
  forecast: { credit_code: rows, legal_name: rows, number: rows },
} as unknown as ImportJob;
const key = "credit_code";

describe("foretell", () => {
  it("adds what is new and passes over what is there", () => {
    expect(foretell(job, { mode: "create", key, similar: "skip" })).toEqual({
      ready: 3, created: 3, updated: 0, present: 395, unclear: 0, unknown: 0, repeated: 5, left: 14,
    });
  });

  it("adds what is only similar when told to, and updates what is known", () => {
    expect(foretell(job, { mode: "upsert", key, similar: "create" })).toEqual({
      ready: 404, created: 10, updated: 394, present: 0, unclear: 1, unknown: 0, repeated: 5, left: 7,
    });
  });

  it("adds nothing when it only updates", () => {
    expect(foretell(job, { mode: "update_only", key, similar: "create" })).toEqual({
      ready: 394, created: 0, updated: 394, present: 0, unclear: 1, unknown: 10, repeated: 5, left: 7,
    });
  });
});
