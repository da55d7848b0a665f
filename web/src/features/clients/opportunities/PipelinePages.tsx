import { Button, Segmented } from "antd";
import { Columns3, Plus, Rows3, Target } from "lucide-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useSearchParams } from "react-router";
import { usePermission } from "@/auth/permissions";
import { EmptyState } from "@/components/EmptyState";
import { DataList } from "@/components/list/DataList";
import { FilterBar } from "@/components/list/FilterBar";
import { Page } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { readAddress, withFilter } from "@/lib/filters";
import { useBoard } from "./api";
import { Board } from "./Board";
import { Sums } from "./Sums";
import { useOpportunityList, useSharedFilters } from "./useOpportunityList";

type Shape = "board" | "list";
const ADDRESS: Record<Shape, string> = { board: "/opportunities", list: "/opportunities/list" };
/** What one shape can ask and the other too. */
const KEPT = ["q", "owner_id", "mine"];

function Actions({ shape }: { shape: Shape }) {
  const { t } = useTranslation("opportunities");
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const mayAdd = usePermission("opportunity:create");
  const change = (next: Shape) => {
    const kept = new URLSearchParams([...params].filter(([name]) => KEPT.includes(name)));
    if (next === "list") kept.set("open", "true");
    void navigate(`${ADDRESS[next]}?${kept.toString()}`);
  };
  return (
    <>
      <Segmented<Shape>
        aria-label={t("shape")} value={shape} onChange={change}
        options={[
          { value: "board", label: t("board"), icon: <Columns3 size={14} aria-hidden="true" /> },
          { value: "list", label: t("list"), icon: <Rows3 size={14} aria-hidden="true" /> },
        ]}
      />
      {mayAdd && (
        <Link to="/opportunities/new">
          <Button type="primary" icon={<Plus size={15} />}>
            {t("add")}
          </Button>
        </Link>
      )}
    </>
  );
}

/** Everything that happened or may happen, as rows: the table behind the board. */
export function OpportunitiesPage() {
  const { t } = useTranslation("opportunities");
  const spec = useOpportunityList();
  return <Page width="list" title={t("title")} actions={<Actions shape="list" />}><DataList spec={spec} /></Page>;
}

export function PipelinePage() {
  const { t, i18n } = useTranslation("opportunities");
  const filters = useSharedFilters();
  const [params, setParams] = useSearchParams();
  const search = useRef<HTMLInputElement>(null);
  const values = useMemo(() => readAddress(params, KEPT).filters, [params]);
  const board = useBoard(values);
  const mayAdd = usePermission("opportunity:create");
  const items = board.data?.items ?? [];
  const filtered = Object.keys(values).length > 0;
  const change = (name: string, value: string | null) => {
    setParams((now) => withFilter(now, name, value), { replace: true });
  };
  const count = new Intl.NumberFormat(i18n.language).format(items.length);
  return (
    <Page
      width="list"
      title={t("title")}
      under={
        board.data && (
          <>
            <span>{t("open_count", { count: count as never })}</span>
            <Sums items={items} />
          </>
        )
      }
      actions={<Actions shape="board" />}
    >
      <div className="pipeline">
        <FilterBar
          filters={filters}
          values={values}
          searchLabel={t("search")}
          searchable
          named={false}
          searchRef={search}
          onChange={change}
          onClear={() => {
            setParams({}, { replace: true });
          }}
        />
        {board.data?.more && <p className="behind">{t("more_in_list")}</p>}
        {board.isPending ? (
          <div className="board-wait">
            <RowSkeletons rows={8} />
          </div>
        ) : board.isError ? (
          <div className="board-wait">
            <ProblemNotice error={board.error} onRetry={() => void board.refetch()} />
          </div>
        ) : items.length === 0 && !filtered ? (
          <EmptyState
            icon={Target}
            title={t("empty_title")}
            action={
              mayAdd && (
                <Link to="/opportunities/new">
                  <Button type="primary">{t("add")}</Button>
                </Link>
              )
            }
          >
            {t("empty_text")}
          </EmptyState>
        ) : (
          <Board items={items} />
        )}
      </div>
    </Page>
  );
}
