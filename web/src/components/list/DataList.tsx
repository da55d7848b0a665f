import { Button } from "antd";
import { ExternalLink, SearchX, X } from "lucide-react";
import { useCallback, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, Navigate, useNavigate } from "react-router";
import { clearMark } from "@/live/marks";
import { withFilter } from "@/lib/filters";
import { PHONE, NARROW, useMedia } from "@/lib/useWidth";
import { EmptyState } from "../EmptyState";
import { asProblem, ProblemNotice } from "../ProblemNotice";
import { RowSkeletons } from "../Skeletons";
import { useMore } from "../useMore";
import { Cards } from "./Cards";
import { ColumnChooser, useColumns } from "./ColumnChooser";
import { FilterBar } from "./FilterBar";
import { Table } from "./Table";
import type { ListSpec, Row } from "./types";
import { useKeys } from "./useKeys";
import { useList } from "./useList";
import { useSelection } from "./useSelection";
import { ViewMenu } from "./ViewMenu";
import { standing } from "./views";

/** What is too much to count is more than one. */
const MANY = 2;

/** Every list in the product: filters in the address, views, columns, keyboard, bulk, panel. */
export function DataList<T extends Row>({ spec }: { spec: ListSpec<T> }) {
  const { t, i18n } = useTranslation("lists");
  const list = useList(spec);
  const { items, state, open: show } = list;
  const { shown, chosen, choose } = useColumns(spec.name, spec.columns, list.sort);
  const phone = useMedia(PHONE);
  const narrow = useMedia(NARROW);
  const navigate = useNavigate();
  const search = useRef<HTMLInputElement>(null);
  const [active, setActive] = useState(-1);
  const selection = useSelection(items, list.filter);
  const [linked] = useState(narrow ? state.open : null);

  const { more } = useMore(list.rows, JSON.stringify([list.filter, list.sort]));
  const open = useCallback(
    (row: T, index: number) => {
      clearMark(row.id);
      setActive(index);
      if (spec.panel && state.open !== row.id && (!narrow || leadsHere(spec.href(row)))) show(row.id);
      else void navigate(spec.href(row));
    },
    [spec, narrow, state.open, show, navigate],
  );

  useKeys({
    search,
    move: (by) => {
      const next = Math.min(Math.max(active + by, 0), items.length - 1);
      setActive(next);
      const row = items[next];
      if (state.open && row) show(row.id);
    },
    enter: () => {
      const row = items[active];
      if (row) open(row, active);
    },
    select: () => {
      const row = items[active];
      if (row && spec.bulk) selection.toggle(row, !selection.chosen.has(row.id));
    },
    escape: () => {
      if (selection.chosen.size) selection.clear();
      else show(null);
    },
  });

  if (list.rows.isError && asProblem(list.rows.error).status === 403)
    return (
      <div className="list">
        <Rows behind={false}>
          <ProblemNotice error={list.rows.error} onRetry={() => void list.rows.refetch()} />
        </Rows>
      </div>
    );

  const opened = spec.panel && items.find((row) => row.id === state.open);
  const total = typeof list.total === "number" ? new Intl.NumberFormat(i18n.language).format(list.total) : list.total;
  // What a panel shows leads on to a page where there is no room for a panel; some rows have no page but the panel.
  const led = linked !== null && opened?.id === linked;
  if (opened && led && !leadsHere(spec.href(opened))) return <Navigate to={spec.href(opened)} replace />;
  const instead = narrow && opened !== undefined && leadsHere(spec.href(opened));
  const cardHref = (row: T) =>
    leadsHere(spec.href(row)) ? `?${withFilter(list.params, "open", row.id)}` : spec.href(row);
  const named = !standing(list.params, spec.views, list.views).changed;
  const filtered = Object.keys(state.filters).length > 0;
  return (
    <div className="list">
      <div className="list-main" hidden={instead}>
        <div className="list-bar">
          <div className="list-views">
            <ViewMenu
              list={spec.name}
              builtIn={spec.views}
              saved={list.views}
              params={list.params}
              onShow={list.show}
            />
            <span className="count" aria-live="polite">
              {total !== null
                && !list.rows.isPlaceholderData
                && spec.countLabel(total, typeof list.total === "number" ? list.total : MANY)}
            </span>
          </div>
          {!phone && <ColumnChooser columns={spec.columns} chosen={chosen} sort={list.sort} onChoose={choose} />}
        </div>
        <FilterBar
          filters={spec.filters}
          values={state.filters}
          searchLabel={spec.searchLabel}
          searchable={!spec.noSearch}
          named={named}
          searchRef={search}
          onChange={list.setFilter}
          onClear={list.clearFilters}
        />
        {selection.chosen.size > 0 && spec.bulk && (
          <BulkBar selection={selection} total={total} whole={selection.chosen.size === list.total}>
            {spec.bulk(selection.asked)}
          </BulkBar>
        )}
        <Rows behind={list.rows.isPlaceholderData}>
          {list.rows.isPending ? (
            <RowSkeletons rows={12} />
          ) : list.rows.isError && filtered && asProblem(list.rows.error).status === 400 ? (
            <EmptyState
              icon={SearchX}
              title={t("bad_filter_title")}
              action={<Button onClick={list.clearFilters}>{t("show_all")}</Button>}
            >
              {t("bad_filter")}
            </EmptyState>
          ) : list.rows.isError ? (
            <ProblemNotice error={list.rows.error} onRetry={() => void list.rows.refetch()} />
          ) : items.length === 0 ? (
            <NothingHere
              spec={spec}
              filtered={filtered}
              atStart={list.atStart}
              onClear={list.clearFilters}
            />
          ) : phone ? (
            <Cards items={items} href={cardHref} card={spec.card} label={spec.searchLabel} onEnd={more} />
          ) : (
            <Table
              label={spec.searchLabel}
              columns={shown}
              items={items}
              total={typeof list.total === "number" ? list.total : null}
              sort={list.sort}
              active={active}
              openId={state.open}
              selected={selection.chosen}
              selectable={Boolean(spec.bulk)}
              rowName={spec.rowName}
              onSort={list.setSort}
              onOpen={open}
              onSelect={selection.toggle}
              onSelectAll={selection.toggleAll}
              onEnd={more}
            />
          )}
        </Rows>
      </div>
      {opened && spec.panel && (!narrow || instead) && (
        <ContextPanel
          title={spec.rowName(opened)}
          href={spec.href(opened)}
          onClose={() => {
            show(null);
          }}
        >
          {spec.panel(opened)}
        </ContextPanel>
      )}
    </div>
  );
}

const leadsHere = (href: string) => /[?&]open=/.test(href);

/** `behind`: what is seen answers the question before; it stays, dimmed, until the new answer comes. */
function Rows({ behind, children }: { behind: boolean; children: ReactNode }) {
  return (
    <div className="list-rows" aria-busy={behind}>
      {children}
    </div>
  );
}

function ContextPanel({
  title,
  href,
  onClose,
  children,
}: {
  title: string;
  href: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation("lists");
  return (
    <aside className="panel" aria-label={title}>
      <header className="panel-head">
        <h2>
          <Link to={href}>{title}</Link>
        </h2>
        <Link to={href} className="icon-link" aria-label={t("open_page")} title={t("open_page")}>
          <ExternalLink size={16} />
        </Link>
        <Button type="text" icon={<X size={16} />} aria-label={t("close_panel")} onClick={onClose} />
      </header>
      <div className="panel-body">{children}</div>
    </aside>
  );
}

/** What a list begins with may filter too: then all of it is one click away, below what the list is for. */
function NothingHere<T extends Row>({
  spec,
  filtered,
  atStart,
  onClear,
}: {
  spec: ListSpec<T>;
  filtered: boolean;
  atStart: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation("lists");
  const all = filtered && <Button onClick={onClear}>{t("show_all")}</Button>;
  if (filtered && !atStart)
    return (
      <EmptyState icon={SearchX} title={t("no_match_title")} action={all}>
        {t("no_match")}
      </EmptyState>
    );
  const { icon, title, text, action } = spec.empty;
  return (
    <EmptyState
      icon={icon}
      title={title}
      action={
        (action || all) && (
          <span className="empty-acts">
            {action}
            {all}
          </span>
        )
      }
    >
      {text}
    </EmptyState>
  );
}

function BulkBar<T extends Row>({
  selection,
  total,
  whole,
  children,
}: {
  selection: ReturnType<typeof useSelection<T>>;
  total: string | null;
  /** Whatever matches is ticked already. */
  whole: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation("lists");
  return (
    <div className="bulk" role="region" aria-label={t("bulk")}>
      <strong>
        {selection.asked.all
          ? t("selected_matching", { total: total ?? "" })
          : t("selected", { count: selection.chosen.size })}
      </strong>
      {selection.page && !selection.asked.all && !whole && total && (
        <Button type="link" size="small" onClick={selection.matchAll}>
          {t("select_matching", { total })}
        </Button>
      )}
      <span className="bulk-acts">{children}</span>
      <Button type="text" size="small" icon={<X size={14} />} onClick={selection.clear}>{t("clear_selection")}</Button>
    </div>
  );
}
