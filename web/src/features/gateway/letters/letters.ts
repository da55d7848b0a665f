/** Dead letters, asked of each service by itself: one that is away hides no other's. */
import { useQueries } from "@tanstack/react-query";
import { api } from "@/api/client";
import { Problem } from "@/api/problem";
import type { DeadLetter, Page } from "@/api/types";

export const SERVICES = ["clients", "engagements", "desk", "surveys", "gateway"] as const;
export type Service = (typeof SERVICES)[number];

const path = (service: string) => `/services/${service}/dead-letters`;

export function useLetters() {
  return useQueries({
    queries: SERVICES.map((service) => ({
      queryKey: ["dead-letters", service],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.get<Page<DeadLetter>>(path(service), {}, signal),
    })),
  });
}

export const replay = (letter: DeadLetter) => api.post(`${path(letter.service)}/${letter.id}/replay`, {});
export const discard = (letter: DeadLetter) => api.post(`${path(letter.service)}/${letter.id}/discard`, {});

/** One after the other, oldest first, as they came; how many still fail. Anything but a second failure ends it. */
export async function replayAll(letters: readonly DeadLetter[]): Promise<number> {
  let failed = 0;
  for (const letter of [...letters].reverse()) {
    try { await replay(letter); }
    catch (error) {
      const known = error instanceof Problem && (error.status === 409 || error.status === 404);
      if (!known) throw error;
      if (error.status === 409) failed += 1;
    }
  }
  return failed;
}
