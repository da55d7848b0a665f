import { Segmented } from "antd";
import { Gauge } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { MemberRole, Score, SurveyKind } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { Section } from "@/components/Page";
import { MoreButton } from "@/components/MoreButton";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { Nothing } from "@/components/When";
import { withFilter } from "@/lib/filters";
import { sayText } from "@/lib/said";
import { PHONE, useMedia } from "@/lib/useWidth";
import { Interval } from "./Interval";
import { Figure, ScoreLine } from "./ScoreLine";
import { ToCampaigns } from "./ToCampaigns";
import { BYS, useForms, useScores, type By } from "./api";

const KINDS = ["nps", "csat"] as const;

/** What clients say, how many said it, and how sure one can be. */
export function ScoresPage() {
  const { t } = useTranslation("surveys");
  const [params, setParams] = useSearchParams();
  const by = BYS.find((each) => each === params.get("by")) ?? "survey";
  const scores = useScores(by);
  const rows = scores.data?.pages.flatMap((page) => page.items) ?? [];
  const forms = useForms();
  return (
    <>
      <div className="part-bar">
        <Segmented<By>
          aria-label={t("by")}
          value={by}
          options={BYS.map((value) => ({ value, label: t(`by_${value as "survey"}`) }))}
          onChange={(value) => {
            setParams((now) => withFilter(now, "by", value === "survey" ? null : value), { replace: true });
          }}
        />
      </div>
      {scores.isPending || forms.isPending ? (
        <RowSkeletons rows={5} />
      ) : scores.isError ? (
        <ProblemNotice error={scores.error} onRetry={() => void scores.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState icon={Gauge} title={t("empty_title")} action={<ToCampaigns />}>
          {t("empty_text")}
        </EmptyState>
      ) : (
        KINDS.map((kind) => <Kind key={kind} kind={kind} by={by} rows={rows.filter((row) => row.kind === kind)} />)
      )}
      <MoreButton of={scores}>{t("more_groups")}</MoreButton>
    </>
  );
}

function Kind({ kind, by, rows }: { kind: SurveyKind; by: By; rows: readonly Score[] }) {
  const { t } = useTranslation("surveys");
  const phone = useMedia(PHONE);
  if (rows.length === 0) return null;
  return (
    <Section title={t(kind)}>
      <p className="soft ask-text">{t(`${kind}_help`)}</p>
      {phone ? <Lines by={by} rows={rows} /> : <Table by={by} rows={rows} />}
    </Section>
  );
}

interface Rows { by: By; rows: readonly Score[] }

function Lines({ by, rows }: Rows) {
  const { t } = useTranslation("surveys");
  const percent = usePercent();
  const restOf = (row: Score) => [
    t("answered_of", { responses: row.responses, invited: row.invited }),
    row.response_rate === null ? null : percent.format(row.response_rate),
  ];
  return (
    <ul className="score-lines">
      {rows.map((row) => (
        <ScoreLine
          key={row.key ?? ""}
          name={<Name row={row} by={by} />}
          row={row}
          rest={restOf(row).filter(Boolean).join(" · ")}
        />
      ))}
    </ul>
  );
}

function Table({ by, rows }: Rows) {
  const { t } = useTranslation("surveys");
  const percent = usePercent();
  return (
    <table className="plain-table score-table">
      <thead>
        <tr>
          <th scope="col">{t(`by_${by as "survey"}`)}</th>
          <th scope="col" className="score-narrow">
            {t("score")}
          </th>
          <th scope="col" className="score-wide">
            {t("interval")}
          </th>
          <th scope="col" className="score-narrow">
            {t("answers")}
          </th>
          <th scope="col" className="score-narrow">
            {t("rate")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key ?? ""}>
            <th scope="row" data-record={by === "client" || by === "engagement" ? "" : undefined}>
              <Name row={row} by={by} />
            </th>
            <td>
              <Figure row={row} />
            </td>
            <td>
              {row.score === null ? (
                <span className="soft small">{t("hidden")}</span>
              ) : (
                <Interval kind={row.kind} low={row.low ?? row.score} high={row.high ?? row.score} score={row.score} />
              )}
            </td>
            <td className="num">{t("of", { responses: row.responses, invited: row.invited })}</td>
            <td className="num">{row.response_rate === null ? <Nothing /> : percent.format(row.response_rate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function usePercent() {
  const { i18n } = useTranslation();
  return new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 0 });
}

function Name({ row, by }: { row: Score; by: By }) {
  const { t, i18n } = useTranslation(["surveys", "engagements"]);
  const forms = useForms();
  if (by === "role") return <>{row.key ? t(`engagements:role.${row.key as MemberRole}`) : t("no_role")}</>;
  if (by !== "survey") return <>{row.label ?? t("without")}</>;
  const form = forms.data?.find((each) => each.key === row.key);
  return <>{form ? sayText(form.title, i18n.language) : row.key}</>;
}
