import { Button } from "antd";
import { MessageCircleHeart } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Case, SurveyInvitation } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { Page } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { When } from "@/components/When";
import { useRows } from "@/features/week/api";
import { sayText, subjectOf } from "@/lib/said";
import { openInvitation, useOwnInvitations } from "./api";

/** The surveys that wait for this person; each takes a minute. */
export function OwnSurveys() {
  const { t } = useTranslation("surveys");
  const found = useOwnInvitations();
  return (
    <Page title={t("title")}>
      {found.isPending ? (
        <RowSkeletons rows={3} />
      ) : found.isError ? (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.length === 0 ? (
        <EmptyState icon={MessageCircleHeart} title={t("own_empty_title")}>
          {t("own_empty_text")}
        </EmptyState>
      ) : (
        <InvitationLines items={found.data} />
      )}
    </Page>
  );
}

export function InvitationLines({ items }: { items: readonly SurveyInvitation[] }) {
  const { t, i18n } = useTranslation("surveys");
  const cases = useRows<Case>("cases", "/cases", { sort: "-updated_at" });
  const about = (item: SurveyInvitation) => cases.data?.find((one) => one.number === item.subject);
  const open = useAct((id: string) => openInvitation(id), {
    touches: [],
    onDone: ({ path }) => {
      location.assign(path);
    },
  });
  return (
    <ul className="lines">
      {items.map((item) => (
        <li key={item.id}>
          <strong className="cell-main">{sayText(item.title, i18n.language)}</strong>
          <Button
            type="primary"
            loading={open.isPending && open.variables === item.id}
            onClick={() => {
              open.mutate(item.id);
            }}
          >
            {t("answer")}
          </Button>
          <span className="meta body">
            <Subject item={item} about={about(item)} />
            <span>{t(item.anonymous ? "anonymous" : "by_name")}</span>
            <span>
              {t("until")} <When at={item.closes_at} day />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What is asked about: its number, and what a case was about, as nobody knows cases by their numbers. */
function Subject({ item, about }: { item: SurveyInvitation; about: Case | undefined }) {
  const { i18n } = useTranslation();
  return (
    <span>
      <span className="num">{item.subject}</span>
      {about && ` ${subjectOf(about, i18n.language)}`}
    </span>
  );
}
