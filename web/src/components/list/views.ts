/** Saved views: a name for an address. Kept per person in this browser; shared by their address. */

export interface SavedView { name: string; address: string }

const key = (list: string) => `rapport.views.${list}`;

export function savedViews(list: string): SavedView[] {
  const text = localStorage.getItem(key(list));
  if (!text) return [];
  try {
    const views: unknown = JSON.parse(text);
    return Array.isArray(views) ? views.filter(isView) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function isView(value: unknown): value is SavedView {
  return typeof value === "object" && value !== null && "name" in value && "address" in value
    && typeof value.name === "string" && typeof value.address === "string";
}

/** Saving under a name that exists replaces it. */
export function saveView(list: string, view: SavedView): SavedView[] {
  const views = [...savedViews(list).filter((v) => v.name !== view.name), view];
  localStorage.setItem(key(list), JSON.stringify(views));
  return views;
}

export function dropView(list: string, name: string): SavedView[] {
  const views = savedViews(list).filter((v) => v.name !== name);
  localStorage.setItem(key(list), JSON.stringify(views));
  return views;
}
