import { Button } from "antd";
import { MessageSquareHeart, Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Case, Page as Answer } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { StatusMark } from "@/components/marks";
import { Page, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { When } from "@/components/When";
import { subjectOf } from "@/lib/said";
import { isOver } from "../api";
import { NextWord, waitsForMe } from "./NextWord";
import { RequestKind } from "./RequestKind";

export function RequestsPage() {
  const { t } = useTranslation("requests");
  const cases = useQuery({
    queryKey: ["cases", "own"],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<Case>>("/cases", { sort: "-updated_at", limit: 200 }, signal)).items,
  });
  const all = cases.data ?? [];
  const groups = [
    ["waiting_for_me", all.filter(waitsForMe)],
    ["with_the_firm", all.filter((item) => !waitsForMe(item) && !isOver(item))],
    ["finished", all.filter((item) => isOver(item) && !waitsForMe(item))],
  ] as const;
  return (
    <Page
      title={t("title")}
      actions={
        <Link to="/requests/new">
          <Button type="primary" icon={<Plus size={15} />}>
            {t("new")}
          </Button>
        </Link>
      }
    >
      {cases.isPending ? (
        <RowSkeletons rows={5} />
      ) : cases.isError ? (
        <ProblemNotice error={cases.error} onRetry={() => void cases.refetch()} />
      ) : all.length === 0 ? (
        <EmptyState
          icon={MessageSquareHeart}
          title={t("empty_title")}
          action={
            <Link to="/requests/new">
              <Button type="primary">{t("new")}</Button>
            </Link>
          }
        >
          {t("empty_text")}
        </EmptyState>
      ) : (
        groups.map(
          ([name, items]) =>
            items.length > 0 && (
              <Section key={name} title={t(name)} count={items.length}>
                <ul className="week-lines">
                  {items.map((item) => (
                    <li key={item.id}>
                      <RequestLine item={item} />
                    </li>
                  ))}
                </ul>
              </Section>
            ),
        )
      )}
    </Page>
  );
}

function RequestLine({ item }: { item: Case }) {
  const { i18n } = useTranslation("requests");
  return (
    <Link className="week-line" to={`/requests/${item.id}`}>
      <strong className="cell-main">{subjectOf(item, i18n.language)}</strong>
      <NextWord item={item} />
      <span className="meta">
        <span className="num">{item.number}</span>
        <RequestKind item={item} />
        <StatusMark status={item.status} />
        <When at={item.created_at} day />
      </span>
    </Link>
  );
}
