import { Button } from "antd";
import { UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Client, EngagementLine } from "@/api/types";
import { useMe, useZone } from "@/auth/me";
import { usePermission } from "@/auth/permissions";
import { seesAll } from "@/auth/reach";
import { DueDay } from "@/components/DueDay";
import { Section } from "@/components/Page";
import { Day } from "@/components/When";
import { EngagementMark } from "@/features/engagements/marks";
import { sayText, sentences } from "@/lib/said";
import { daysUntil, sayDayAhead } from "@/lib/time";
import { useNow } from "@/lib/useNow";
import { isOver, outlookOf } from "./health";

/** The work for a client: where each engagement stands, what comes next, who is missing. */
export function EngagementLines({ client, items }: { client: Client; items: readonly EngagementLine[] }) {
  const { t } = useTranslation("engagements");
  const mayDraft = usePermission("engagement:draft") && !client.archived_at;
  const all = seesAll("engagements", useMe());
  return (
    <Section
      id="engagements"
      title={t("title")}
      count={items.length}
      actions={
        mayDraft && (
          <Link to={`/engagements/new?client=${client.id}`}>
            <Button size="small">{t("add")}</Button>
          </Link>
        )
      }
    >
      {items.length === 0 && (
        <p className="empty-small">{t(all ? "on_client_empty" : "on_client_none_of_yours")}</p>
      )}
      <ul className="lines">{items.map((item) => <Line key={item.id} item={item} />)}</ul>
    </Section>
  );
}

function Line({ item }: { item: EngagementLine }) {
  const { t } = useTranslation("engagements");
  return (
    <li>
      <Link to={`/engagements/${item.id}`}>{item.title}</Link><EngagementMark status={item.status} />
      <Ahead item={item} />
      <span className="meta body">
        <span className="num">{item.number}</span>
        {item.consulting_pm_name && <span>{item.consulting_pm_name}</span>}
        {item.team && (
          <Link to={`/engagements/${item.id}/team`}>
            {t("team_size", { client: item.team.client, firm: item.team.firm })}
          </Link>
        )}
        {item.ends_on && (
          <span>
            {t("until")} <Day on={item.ends_on} />
          </span>
        )}
      </span>
      <Missing item={item} />
    </li>
  );
}

/** The phases as a strip, and the one that counts now in words. */
function Ahead({ item }: { item: EngagementLine }) {
  const { t, i18n } = useTranslation("engagements");
  const { phase, running, on, ended } = outlookOf(item);
  if (item.phases.length === 0) return null;
  const all = t("phases_done", { done: ended, of: item.phases.length });
  return (
    <p className="phase-line body">
      <span className="phase-strip" role="img" aria-label={all} title={all}>
        {item.phases.map((each) => (
          <i key={each.id} className={`phase-${each.status}`} />
        ))}
      </span>
      {phase && (
        <span>
          {running
            ? sayText(phase.title, i18n.language)
            : t("next_phase", { phase: sayText(phase.title, i18n.language) })}
        </span>
      )}
      {phase && on && <PhaseDue on={on} running={running} />}
    </p>
  );
}

/** When the phase is to end or to begin; a plan that is behind says by how much. */
function PhaseDue({ on, running }: { on: string; running: boolean }) {
  const { t, i18n } = useTranslation("engagements");
  const zone = useZone();
  const now = useNow();
  if (daysUntil(on, now, zone) < 0) return <DueDay on={on} />;
  const when = sayDayAhead(on, now, zone, i18n.language);
  return (
    <time className="soft" dateTime={on} title={on}>
      {running ? t("phase_ends", { when }) : t("phase_starts", { when })}
    </time>
  );
}

function Missing({ item }: { item: EngagementLine }) {
  const { t, i18n } = useTranslation("engagements");
  const gaps = item.team?.gaps ?? [];
  if (gaps.length === 0 || isOver(item)) return null;
  return (
    <p className="mark-warn body gap-line">
      <UsersRound size={14} aria-hidden="true" />
      <span>
        {sentences(
          [t("team_gaps", { count: gaps.length }), ...gaps.map((gap) => sayText(gap, i18n.language))],
          i18n.language,
        )}
      </span>
    </p>
  );
}
