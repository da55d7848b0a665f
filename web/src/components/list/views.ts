/** Saved views: a name for an address, kept on the server for oneself or shared. */
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page, SavedView } from "@/api/types";
import { viewAddress } from "@/lib/filters";
import type { BuiltInView } from "./types";

const NONE: readonly SavedView[] = [];

export function useViews(collection: string) {
  return useQuery({
    queryKey: ["views", collection], staleTime: 60_000,
    queryFn: async ({ signal }) => (await api.get<Page<SavedView>>("/views", { collection, limit: 200 }, signal)).items,
  });
}

export type ViewBody = Pick<SavedView, "name" | "address" | "audience"> & { role: SavedView["role"] | null };
export const keepView = (collection: string, body: ViewBody) => api.post<SavedView>("/views", { collection, ...body });
export const changeView = (view: SavedView, body: Partial<ViewBody>) =>
  api.patch<SavedView>(`/views/${view.id}`, body, view.version);
export const removeView = (view: SavedView) => api.remove(`/views/${view.id}`);
export const beginWith = (view: SavedView) =>
  api.post<SavedView>(`/views/${view.id}/default`, undefined, { comesAgain: true });
export const beginPlainly = (view: SavedView) => api.remove(`/views/${view.id}/default`);

export interface Standing { builtIn?: BuiltInView; saved?: SavedView; changed: boolean }

/** Where a list stands: on a view as it is, on a saved view with something changed, or on its own. */
export function standing(
  params: URLSearchParams,
  builtIn: readonly BuiltInView[],
  views: readonly SavedView[] = NONE,
): Standing {
  const address = viewAddress(params);
  const same = (other: string) => viewAddress(new URLSearchParams(other)) === address;
  const named = views.find((view) => view.id === params.get("view"));
  if (named && same(named.address)) return { saved: named, changed: false };
  const standard = builtIn.find((view) => same(view.address));
  if (standard) return { builtIn: standard, changed: false };
  const other = views.find((view) => same(view.address));
  if (other) return { saved: other, changed: false };
  return { saved: named, changed: true };
}

/** The address of a saved view, and which one it is: it stays that view's while filters are tried out. */
export function addressOf(view: Pick<SavedView, "id" | "address">): URLSearchParams {
  const params = new URLSearchParams(view.address);
  params.set("view", view.id);
  return params;
}

/** What a list shows when nothing was asked for: one's default view, or what the list begins with. */
export function beginning(views: readonly SavedView[], start: string | undefined): URLSearchParams | null {
  const chosen = views.find((view) => view.default);
  if (chosen) return addressOf(chosen);
  return start ? new URLSearchParams(start) : null;
}
