import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { Query } from "@/api/client";

export interface Row { id: string; version?: number }

export interface Column<T> {
  key: string;
  title: string;
  /** A CSS grid track: "120px" or "minmax(160px, 2fr)". */
  width: string;
  render: (row: T) => ReactNode;
  /** The sort field, where the list can be ordered by this column. */
  sort?: string;
  align?: "end";
  /** Shown only when chosen. */
  optional?: boolean;
  /** Cannot be hidden: the name of the row. */
  fixed?: boolean;
}

export interface Choice { value: string; label: string }

export interface Filter {
  name: string;
  label: string;
  options: readonly Choice[];
  /** Several values may be chosen together. */
  several?: boolean;
  /** Shown only while it is set: views set it, nobody looks for it. */
  quiet?: boolean;
}

export interface BuiltInView { name: string; label: string; address: string }

export interface ListSpec<T extends Row> {
  /** Names the list in storage, query keys and saved views, as its collection is called: "clients". */
  name: string;
  path: string;
  columns: readonly Column<T>[];
  filters: readonly Filter[];
  views: readonly BuiltInView[];
  /** Asked for always, whatever the filters. */
  base?: Query;
  defaultSort: string;
  /** What is shown when the address says nothing: "live=true". Without it, everything. */
  start?: string;
  /** Said by assistive technology and used for selection boxes. */
  rowName: (row: T) => string;
  href: (row: T) => string;
  card: (row: T) => ReactNode;
  panel?: (row: T) => ReactNode;
  bulk?: (selection: Selection<T>) => ReactNode;
  searchLabel: string;
  /** The list has no text search. */
  noSearch?: boolean;
  countLabel: (shown: string, count: number) => string;
  empty: { icon: LucideIcon; title: string; text: string; action?: ReactNode };
}

export interface Selection<T extends Row> {
  /** As they stood when they were ticked. */
  rows: readonly T[];
  clear: () => void;
  all: boolean;
  filter: Query;
}
