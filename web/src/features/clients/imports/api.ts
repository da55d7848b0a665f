import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { ImportJob, ImportProblem, Page } from "@/api/types";

const RUNNING = new Set(["analysing", "applying"]);
const POLL = 1_000;
/** What the service takes; a larger file is not sent at all. */
export const MOST_BYTES = 20_000_000;

/** One import; asked again every second while it is at work, in case live updates are interrupted. */
export function useImport(id: string) {
  return useQuery({
    queryKey: ["imports", id],
    queryFn: ({ signal }) => api.get<ImportJob>(`/imports/${id}`, undefined, signal),
    refetchInterval: (query) => (query.state.data && RUNNING.has(query.state.data.status) ? POLL : false),
  });
}

export function useImports() {
  return useQuery({
    queryKey: ["imports", "list"],
    queryFn: ({ signal }) => api.get<Page<ImportJob>>("/imports", { limit: 50 }, signal),
  });
}

export function useImportProblems(job: ImportJob) {
  return useInfiniteQuery({
    queryKey: ["imports", job.id, "problems", job.status, columnsOf(job)],
    enabled: job.status !== "analysing",
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<ImportProblem>>(
        `/imports/${job.id}/problems`,
        { limit: 200, cursor: pageParam, total: pageParam ? undefined : true },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function uploadImport(file: File): Promise<ImportJob> {
  const form = new FormData();
  form.set("file", file, file.name);
  return api.post<ImportJob>("/imports", form);
}

/** What a client can be known by. */
export const KEYS = ["credit_code", "legal_name", "number"] as const;

export interface ApplyChoice {
  mode: "create" | "upsert" | "update_only"; key: (typeof KEYS)[number]; similar: "skip" | "create";
}

/** Whether a column of the sheet becomes this field. */
export const hasColumn = (job: ImportJob, field: string): boolean =>
  job.columns.some((column) => column.field === field);

/** Whether any column says which client a row is about. */
export const findsClients = (job: ImportJob): boolean => KEYS.some((key) => hasColumn(job, key));

/** A checked sheet that has headings and nothing under them. */
export const isBare = (job: ImportJob): boolean => job.status === "ready" && job.counts["rows"] === 0;

/** An encoding as spreadsheet programs name it. */
export function encodingOf(name: string): string {
  if (name.startsWith("utf-8")) return "UTF-8";
  if (name.startsWith("utf-16")) return "UTF-16";
  return name === "cp950" ? "Big5" : name.toUpperCase();
}

/** A code is read letter by letter, and not over two lines. */
export const isCode = (value: string | null): boolean => value !== null && /^[\w-]{6,24}$/.test(value);

/** The fields of the columns, as one word that changes with any of them. */
export const columnsOf = (job: ImportJob): string => JSON.stringify(job.columns.map((column) => column.field));

export const applyImport = (id: string, choice: ApplyChoice) => api.post<ImportJob>(`/imports/${id}/apply`, choice);
export const undoImport = (id: string) => api.post<ImportJob>(`/imports/${id}/undo`);
export const discardImport = (id: string) => api.post<ImportJob>(`/imports/${id}/discard`);
export const mapImport = (id: string, mapping: Record<string, string | null>) =>
  api.put<ImportJob>(`/imports/${id}/mapping`, { mapping });

/** How far a running import is, 0 to 100. */
export function percentOf(job: ImportJob): number {
  const { progress } = job;
  return progress && progress.total > 0 ? Math.round((progress.done / progress.total) * 100) : 0;
}
