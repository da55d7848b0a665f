import { CheckCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Case, WaitingItem } from "@/api/types";
import { DueDay } from "@/components/DueDay";
import { EmptyState } from "@/components/EmptyState";
import { Page, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { NextWord, waitsForMe } from "@/features/desk/requests/NextWord";
import { useOwnInvitations } from "@/features/surveys/api";
import { InvitationLines } from "@/features/surveys/OwnSurveys";
import { useRows, useWaiting } from "@/features/week/api";
import { useSayItems } from "@/features/week/items";
import { subjectOf } from "@/lib/said";

const REVIEWS: readonly WaitingItem["kind"][] = [
  "deliverable_decide",
  "deliverable_check",
  "deliverable_comment",
  "plan",
];

/** What stops without this person: reviews first, then work, then answers to their requests. */
export function WaitingPage() {
  const { t, i18n } = useTranslation("house");
  const waiting = useWaiting();
  const cases = useRows<Case>("cases", "/cases", { sort: "-updated_at" });
  const invitations = useOwnInvitations();
  const asked = invitations.data ?? [];
  const failed = [waiting, cases, invitations].find((query) => query.isError);
  const reviews = waiting.data?.filter((item) => REVIEWS.includes(item.kind)) ?? [];
  const work = waiting.data?.filter((item) => !REVIEWS.includes(item.kind)) ?? [];
  const answers = cases.data?.filter(waitsForMe) ?? [];
  const nothing = !reviews.length && !work.length && !answers.length && !asked.length;
  return (
    <Page
      title={t("waiting")}
      under={
        waiting.data &&
        cases.data &&
        !nothing && <span>{t("count", { count: reviews.length + work.length + answers.length + asked.length })}</span>
      }
    >
      {failed ? (
        <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />
      ) : waiting.isPending || cases.isPending || invitations.isPending ? (
        <RowSkeletons rows={5} />
      ) : nothing ? (
        <EmptyState
          icon={CheckCheck}
          title={t("nothing_title")}
          action={<Link to="/engagements">{t("to_engagements")}</Link>}
        >
          {t("nothing_text")}
        </EmptyState>
      ) : (
        <>
          <Items title={t("reviews")} items={reviews} />
          <Items title={t("work")} items={work} />
          {answers.length > 0 && (
            <Section title={t("answers")} count={answers.length}>
              <ul className="week-lines">
                {answers.map((item) => (
                  <li key={item.id}>
                    <Link className="week-line" to={`/requests/${item.id}`}>
                      <strong className="cell-main">{subjectOf(item, i18n.language)}</strong>
                      <NextWord item={item} />
                      <span className="meta">
                        <span className="num">{item.number}</span>
                      </span>
                    </Link>
                  </li>
                ))}
              </ul>
            </Section>
          )}
          {asked.length > 0 && (
            <Section title={t("surveys")} count={asked.length}>
              <InvitationLines items={asked} />
            </Section>
          )}
        </>
      )}
    </Page>
  );
}

function Items({ title, items }: { title: string; items: readonly WaitingItem[] }) {
  const say = useSayItems();
  if (items.length === 0) return null;
  return (
    <Section title={title} count={items.length}>
      <ul className="week-lines">
        {items.map((item) => {
          const said = say.ofWaiting(item);
          const Icon = said.icon;
          return (
            <li key={said.key}>
              <Link className="week-line waiting-line" to={said.to}>
                <strong className="cell-main">{said.title}</strong>
                <DueDay on={item.due_on} />
                <span className="meta">
                  <span className="mark mark-plain">
                    <Icon size={14} aria-hidden="true" />
                    <span>{said.kind}</span>
                  </span>
                  <span>{said.detail}</span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
