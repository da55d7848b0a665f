/** Who is signed in, and what they may do. */
import { createContext, useContext } from "react";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Me } from "@/api/types";

export const ME = ["me"] as const;
const DEFAULT_ZONE = "Asia/Shanghai";

export function useMeQuery() {
  return useQuery({
    queryKey: ME,
    queryFn: ({ signal }) => api.get<Me>("/me", undefined, signal),
    staleTime: 300_000,
  });
}

/** Whoever the house was opened for, so that the hundred times on a page who need to know ask nobody. */
export const MeContext = createContext<Me | undefined>(undefined);

export function useMe(): Me | undefined { return useContext(MeContext); }
export function useZone(): string { return useMe()?.firm?.zone ?? DEFAULT_ZONE; }
export function useCurrency(): string { return useMe()?.firm?.currency ?? "CNY"; }

/** Our firm as it calls itself; `otherwise` until it is known. */
export function ourName(me: Me | undefined, otherwise: string): string { return me?.firm?.name ?? otherwise; }
