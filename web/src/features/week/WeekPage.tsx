import { CalendarCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { api, type Query } from "@/api/client";
import type { Case, Client, FollowUp, Interaction, Page as Answer, Ref } from "@/api/types";
import { useMe, useZone } from "@/auth/me";
import { hasRole } from "@/auth/permissions";
import { EmptyState } from "@/components/EmptyState";
import { StageMark, StatusMark } from "@/components/marks";
import { Page, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { PromiseClock } from "@/components/PromiseClock";
import { RowSkeletons } from "@/components/Skeletons";
import { Day, When } from "@/components/When";
import { todayIn } from "@/lib/time";
import { useNow } from "@/lib/useNow";

const DAY = 86_400_000;
const FEW = 8;

function useRows<T>(key: string, path: string, query: Query, enabled = true) {
  return useQuery({ queryKey: [key, "week", path, query], enabled, queryFn: async ({ signal }) => (await api.get<Answer<T>>(path, { limit: FEW, ...query }, signal)).items });
}

/** What is promised, what is due, whom one has: the week in ten seconds. */
export function WeekPage() {
  const { t } = useTranslation("week");
  const me = useMe();
  const now = useNow();
  const zone = useZone();
  const handles = hasRole(me, "agent", "service_lead", "admin");
  const cases = useRows<Case>("cases", "/cases", { mine: true, live: true, sort: "next_due_at" });
  const waiting = useRows<Case>("cases", "/cases", { unassigned: true, sort: "next_due_at" }, handles);
  const calls = useRows<FollowUp & { case?: { id: string; number: string; subject: string } }>("follow-ups", "/follow-ups", { status: "scheduled", "due_on.lte": todayIn(zone, new Date(now.getTime() + 7 * DAY)), sort: "due_on" }, handles);
  const clients = useRows<Client>("clients", "/clients", { mine: true, sort: "-updated_at" });
  const steps = useRows<Interaction>("interactions", "/interactions", { mine: true, sort: "-occurred_at" });
  const mine = cases.data ?? [];
  const late = mine.filter((item) => item.next_due_at && Date.parse(item.next_due_at) < now.getTime()).length;
  const nothing = [cases, clients, steps].every((query) => query.isSuccess && query.data.length === 0) && !waiting.data?.length && !calls.data?.length;

  return (
    <Page title={t("title")} under={<span>{late > 0 ? t("late", { count: late }) : t("none_late")}</span>}>
      {nothing ? <EmptyState icon={CalendarCheck} title={t("empty_title")}>{t("empty_text")}</EmptyState> : (
        <div className="week">
          <div>
            <Section title={t("my_cases")} count={cases.data?.length}>
              {cases.isPending ? <RowSkeletons rows={4} /> : cases.isError ? <ProblemNotice error={cases.error} onRetry={() => void cases.refetch()} compact />
                : mine.length === 0 ? <p className="empty-small">{t("no_cases")}</p> : <CaseList items={mine} />}
            </Section>
            {(waiting.data?.length ?? 0) > 0 && <Section title={t("unassigned")} count={waiting.data?.length}><CaseList items={waiting.data ?? []} /></Section>}
            {(calls.data?.length ?? 0) > 0 && (
              <Section title={t("follow_ups")}>
                <ul className="lines">{calls.data?.map((call) => <li key={call.id}>{call.case ? <Link to={`/cases/${call.case.id}`}>{call.case.subject}</Link> : <Link to={`/cases/${call.case_id}`}>{t("follow_up")}</Link>}<Day on={call.due_on} /></li>)}</ul>
              </Section>
            )}
          </div>
          <div className="split-side">
            <Section title={t("my_clients")} actions={<Link to="/clients?mine=true">{t("all")}</Link>}>
              {clients.isError ? <ProblemNotice error={clients.error} compact /> : clients.data?.length === 0 ? <p className="empty-small">{t("no_clients")}</p>
                : <ul className="lines">{clients.data?.map((client) => <li key={client.id}><Link to={`/clients/${client.id}`}>{client.short_name ?? client.legal_name}</Link><StageMark stage={client.stage} /></li>)}</ul>}
            </Section>
            <Section title={t("my_records")}>
              {steps.isError ? <ProblemNotice error={steps.error} compact /> : steps.data?.length === 0 ? <p className="empty-small">{t("no_records")}</p>
                : <ul className="lines">{steps.data?.map((record) => <RecordLine key={record.id} record={record} />)}</ul>}
            </Section>
          </div>
        </div>
      )}
    </Page>
  );
}

function CaseList({ items }: { items: readonly Case[] }) {
  return (
    <ul className="week-lines">
      {items.map((item) => (
        <li key={item.id}>
          <Link className="week-line" to={`/cases/${item.id}`}>
            <strong className="cell-main">{item.subject}</strong><PromiseClock dueAt={item.next_due_at} />
            <span className="meta"><span className="num">{item.number}</span><StatusMark status={item.status} /><span>{item.client?.name}</span></span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function RecordLine({ record }: { record: Interaction & { client?: Ref | null } }) {
  const { t } = useTranslation("week");
  return (
    <li>
      <Link to={`/interactions/${record.id}`}>{record.client?.name ?? record.summary.slice(0, 60)}</Link><When at={record.occurred_at} day className="soft" />
      {record.next_step && <span className="meta body">{t("next")}: {record.next_step}{record.next_step_on && <Day on={record.next_step_on} />}</span>}
    </li>
  );
}
