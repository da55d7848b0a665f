import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { ImportJob, ImportProblem, Page } from "@/api/types";

const RUNNING = new Set(["analysing", "applying"]);
const POLL = 1_000;

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
    queryKey: ["imports", job.id, "problems", job.status, JSON.stringify(job.columns.map((c) => c.field))],
    enabled: job.status !== "analysing",
    queryFn: ({ pageParam, signal }) => api.get<Page<ImportProblem>>(`/imports/${job.id}/problems`, { limit: 200, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function uploadImport(file: File): Promise<ImportJob> {
  const form = new FormData();
  form.set("file", file, file.name);
  return api.post<ImportJob>("/imports", form);
}

export interface ApplyChoice {
  mode: "create" | "upsert" | "update_only"; key: "credit_code" | "legal_name" | "number"; similar: "skip" | "create";
}

export const applyImport = (id: string, choice: ApplyChoice) => api.post<ImportJob>(`/imports/${id}/apply`, choice);
export const undoImport = (id: string) => api.post<ImportJob>(`/imports/${id}/undo`);
export const mapImport = (id: string, mapping: Record<string, string | null>) => api.put<ImportJob>(`/imports/${id}/mapping`, { mapping });

/** How far a running import is, 0 to 100. */
export function percentOf(job: ImportJob): number {
  const { progress } = job;
  return progress && progress.total > 0 ? Math.round((progress.done / progress.total) * 100) : 0;
}
