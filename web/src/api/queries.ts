import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

/** Only an unreachable or overloaded server is asked again; an answer is an answer. */
function worthRetrying(count: number, error: unknown): boolean {
  return error instanceof Problem && [0, 502, 503, 504].includes(error.status) && count < 2;
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 15_000, retry: worthRetrying, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
