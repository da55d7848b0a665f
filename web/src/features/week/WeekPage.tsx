import { Button } from "antd";
import { CalendarCheck } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useZone } from "@/auth/me";
import { hasRole } from "@/auth/permissions";
import { EmptyState } from "@/components/EmptyState";
import { Page, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { CaseClock } from "@/components/PromiseClock";
import { RowSkeletons } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { CASE_KEYS, take as takeCase } from "@/features/desk/api";
import { standsStill } from "@/lib/promise";
import { plusDays, todayIn } from "@/lib/time";
import { useNow } from "@/lib/useNow";
import { Link } from "react-router";
import type { Case, Me } from "@/api/types";
import { subjectOf } from "@/lib/said";
import { useContacts, useFollowUpsDue, usePromised, useReviews, useTouches, useUnassigned, useWaiting } from "./api";
import { AHEAD, cutByDay } from "./days";
import { useSayItems, type WeekItem } from "./items";
import { LongList } from "@/components/LongList";
import { asksFor } from "./sources";
import { WeekDays } from "./WeekDays";
import { WeekStrip } from "./WeekStrip";

/** What is due for me, late first, then day by day; nothing else. */
export function WeekPage() {
  const { t } = useTranslation("week");
  const me = useMe();
  const { items, failed, pending, unassigned } = useWeek(me);
  const today = todayIn(useZone(), useNow());
  const days = useMemo(() => cutByDay(items, today), [items, today]);
  const late = days[0]?.items.length ?? 0;
  const due = days[1]?.items.length ?? 0;
  const nothing = days.every((day) => day.items.length === 0);
  return (
    <Page
      width={unassigned.length > 0 ? "full" : "reading"}
      title={t("title")}
      under={
        !pending && (
          <span>
            {late > 0 ? t("late", { count: late }) : t("none_late")}
            {due > 0 && ` · ${t("due_today", { count: due })}`}
          </span>
        )
      }
    >
      {failed && <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {pending ? (
        <RowSkeletons rows={8} />
      ) : (
        <div className={unassigned.length > 0 ? "week" : undefined}>
          <div>
            {!nothing && <WeekStrip days={days} today={today} />}
            {nothing && !failed && unassigned.length === 0 && (
              <EmptyState icon={CalendarCheck} title={t("empty_title")}>
                {t(
                  hasRole(me, "agent", "service_lead")
                    ? "empty_agent"
                    : hasRole(me, "client_manager", "partner")
                      ? "empty_manager"
                      : "empty_consultant",
                )}
              </EmptyState>
            )}
            {nothing && unassigned.length > 0 && <p className="empty-small">{t("nothing_mine")}</p>}
            <WeekDays days={days} today={today} />
          </div>
          {unassigned.length > 0 && (
            <div className="split-side">
              <Untaken items={unassigned} me={me} />
            </div>
          )}
        </div>
      )}
    </Page>
  );
}

/** Each role is asked only about what is its work. */
function useWeek(me: Me | undefined) {
  const zone = useZone();
  const now = useNow();
  const today = todayIn(zone, now);
  const say = useSayItems();
  const asks = asksFor(me);
  const until = plusDays(today, AHEAD - 1);
  const waiting = useWaiting(asks.has("waiting"));
  const promised = usePromised(asks.has("promised"));
  const untaken = useUnassigned(asks.has("untaken"));
  const contacts = useContacts(plusDays(until, 1), asks.has("contacts"));
  const calls = useFollowUpsDue(until, asks.has("calls"));
  const touches = useTouches(until, asks.has("touches"));
  const [own, reviews] = useReviews(asks.has("reviews"));
  const all = [waiting, promised, untaken, contacts, calls, touches, own, reviews];
  const items: WeekItem[] = [
    ...(waiting.data ?? []).map(say.ofWaiting),
    ...(promised.data ?? []).filter((item) => !standsStill(item)).map((item) => say.ofPromise(item, zone, now)),
    ...(contacts.data ?? []).flatMap(say.ofContacts),
    ...(calls.data ?? []).map(say.ofFollowUp),
    ...(touches.data ?? []).map(say.ofTouch),
    ...(reviews.data ?? []).map(say.ofReview),
  ];
  items.sort((a, b) => a.day.localeCompare(b.day) || (a.dueAt ?? "~").localeCompare(b.dueAt ?? "~"));
  return {
    items,
    failed: all.find((query) => query.isError),
    pending: all.some((query) => query.isLoading),
    unassigned: untaken.data ?? [],
  };
}

/** Cases nobody has taken yet: one click and it is mine. */
function Untaken({ items, me }: { items: readonly Case[]; me: Me | undefined }) {
  const { t, i18n } = useTranslation("week");
  const take = useAct((item: Case) => takeCase(item, me?.user.id), {
    touches: CASE_KEYS,
    done: t("taken"),
  });
  return (
    <Section title={t("unassigned")} count={items.length}>
      <LongList
        className="lines"
        items={items}
        render={(item) => (
          <>
            <Link to={`/cases/${item.id}`}>{subjectOf(item, i18n.language)}</Link>
            <Button
              size="small"
              loading={take.isPending && take.variables.id === item.id}
              onClick={() => {
                take.mutate(item);
              }}
            >
              {t("take")}
            </Button>
            <span className="meta body">
              <CaseClock item={item} />
              <span>{item.client?.name}</span>
            </span>
          </>
        )}
      />
    </Section>
  );
}
