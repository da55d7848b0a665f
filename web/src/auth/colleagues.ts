/** The people of the firm, for filters and for naming whom a case is about. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page, User } from "@/api/types";

const NOBODY: readonly User[] = [];

export function useColleagues(): readonly User[] {
  const found = useQuery({
    queryKey: ["users", "firm"], staleTime: 300_000,
    queryFn: async ({ signal }) => (await api.get<Page<User>>("/users", { side: "firm", limit: 200 }, signal)).items,
  });
  return found.data ?? NOBODY;
}
