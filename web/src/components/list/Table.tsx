import { ArrowDown, ArrowUp } from "lucide-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useMemo, useRef, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { useMark } from "@/live/marks";
import { PAPER, useMedia } from "@/lib/useWidth";
import { useWords } from "@/i18n/words";
import { fitting, leastWidth, useRoom } from "./room";
import { Tick } from "./Tick";
import type { Column, Row } from "./types";

const ROW_HEIGHT = 40;
const NEAR_END = 20;
/** What mostly stands above a table, in pixels. */
const ABOVE = 240;

export interface TableProps<T extends Row> {
  label: string;
  columns: readonly Column<T>[];
  items: readonly T[];
  total: number | null;
  sort: string;
  active: number;
  openId: string | null;
  selected: Pick<ReadonlyMap<string, T>, "has" | "size">;
  selectable: boolean;
  rowName: (row: T) => string;
  onSort: (field: string) => void;
  onOpen: (row: T, index: number) => void;
  onSelect: (row: T, selected: boolean) => void;
  onSelectAll: (selected: boolean) => void;
  onEnd: () => void;
}

export function Table<T extends Row>(props: TableProps<T>) {
  const { items, active, selected, selectable, onEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const room = useRoom(scroller, props.openId !== null);
  const columns = useMemo(() => fitting(props.columns, room, selectable), [props.columns, room, selectable]);
  const virtual = useVirtualizer({
    count: items.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 5,
    initialRect: { width: 0, height: window.innerHeight - ABOVE }, // so that the first drawing has its rows
  });
  const near = virtual.getVirtualItems();
  const last = near.at(-1)?.index ?? 0;
  const paper = useMedia(PAPER); // paper is not scrolled: there every row is drawn
  const rows = paper ? items.map((_, index) => ({ index, start: index * ROW_HEIGHT })) : near;

  useEffect(() => { if (items.length && last >= items.length - NEAR_END) onEnd(); }, [items.length, last, onEnd]);
  const start = useRef(items.findIndex((row) => row.id === props.openId));
  useEffect(() => { if (start.current > 0) virtual.scrollToIndex(start.current, { align: "center" }); }, [virtual]);
  useEffect(() => {
    if (active < 0) return;
    virtual.scrollToIndex(active, { align: "auto" });
    const frame = requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`)?.focus({ preventScroll: true });
    });
    return () => { cancelAnimationFrame(frame); };
  }, [active, virtual]);

  const least = leastWidth(columns, selectable);
  const tracks = [selectable ? "36px" : "", ...columns.map((column) => column.width)].join(" ").trim();
  return (
    <div
      className="table"
      role="grid"
      aria-label={props.label}
      ref={scroller}
      aria-rowcount={(props.total ?? items.length) + 1}
      style={{ "--tracks": tracks, "--least": `${least}px` } as CSSProperties}
      tabIndex={items.length ? -1 : 0}
    >
      <Head {...props} columns={columns} allSelected={items.length > 0 && selected.size >= items.length} />
      <div role="rowgroup" className="table-body" style={{ height: virtual.getTotalSize() }}>
        {rows.map((place) => {
          const row = items[place.index];
          return (
            row && (
              <TableRow
                key={row.id}
                row={row}
                index={place.index}
                top={place.start}
                columns={columns}
                rowName={props.rowName}
                selectable={selectable}
                current={active === place.index || (active < 0 && place.index === 0)}
                open={props.openId === row.id}
                selected={selected.has(row.id)}
                onOpen={props.onOpen}
                onSelect={props.onSelect}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function Head<T extends Row>({
  columns,
  sort,
  selectable,
  selected,
  allSelected,
  onSort,
  onSelectAll,
}: TableProps<T> & { allSelected: boolean }) {
  const { t } = useTranslation("lists");
  return (
    <div role="rowgroup" className="table-head">
      <div role="row" className="table-row" aria-rowindex={1}>
        {selectable && (
          <span role="columnheader" className="cell cell-check" aria-label={t("select_all")}>
            <Tick
              label={t("select_all")}
              on={allSelected}
              some={selected.size > 0 && !allSelected}
              onChange={onSelectAll}
            />
          </span>
        )}
        {columns.map((column) => {
          const order = column.sort === sort ? "ascending" : `-${column.sort}` === sort ? "descending" : undefined;
          const Arrow = order === "ascending" ? ArrowUp : ArrowDown;
          return (
            <span
              role="columnheader"
              key={column.key}
              aria-sort={order}
              className={`cell ${column.align === "end" ? "cell-end" : ""}`}
            >
              {column.sort ? (
                <button
                  type="button"
                  className="sort"
                  onClick={() => {
                    onSort(column.sort ?? "");
                  }}
                >
                  {column.title}
                  {order && <Arrow size={12} aria-hidden="true" />}
                </button>
              ) : (
                column.title
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}

interface RowProps<T extends Row> extends Pick<
  TableProps<T>,
  "columns" | "selectable" | "rowName" | "onOpen" | "onSelect"
> {
  row: T;
  index: number;
  top: number;
  /** Where the keyboard stands. */
  current: boolean;
  open: boolean;
  selected: boolean;
}

/** Drawn again only when something of its own row changes. */
const TableRow = memo(RowOf) as typeof RowOf;

function RowOf<T extends Row>({
  row,
  index,
  top,
  columns,
  current,
  open,
  selected,
  selectable,
  rowName,
  onOpen,
  onSelect,
}: RowProps<T>) {
  const t = useWords("lists");
  const changed = useMark(row.id);
  const classes = ["table-row", open && "row-open", selected && "row-selected", changed && "row-changed"]
    .filter(Boolean)
    .join(" ");
  return (
    <div
      role="row"
      className={classes}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={selectable ? selected : undefined}
      tabIndex={current ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        onOpen(row, index);
      }}
    >
      {selectable && (
        <span
          role="gridcell"
          className="cell cell-check"
          onClick={(event) => {
            event.stopPropagation();
          }}
        >
          <Tick
            label={t("select_row", { name: rowName(row) })}
            on={selected}
            tabIndex={-1}
            onChange={(on) => {
              onSelect(row, on);
            }}
          />
        </span>
      )}
      {columns.map((column) => (
        <span role="gridcell" key={column.key} className={`cell ${column.align === "end" ? "cell-end" : ""}`}>
          {column.render(row)}
        </span>
      ))}
      {changed && <span className="sr-only" role="gridcell">{t("changed")}</span>}
    </div>
  );
}
