import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { SurveyResult, SurveyResults } from "@/api/types";
import { Section } from "@/components/Page";
import { StatusMark } from "@/components/marks";
import { When } from "@/components/When";
import { Interval } from "@/features/surveys/Interval";
import { ScoreMark } from "@/features/surveys/ScoreMark";

/** What a client's people think of the work: how sure one can be, and what they said last. */
export function SurveyLines({ results }: { results: SurveyResults }) {
  const { t } = useTranslation("surveys");
  return (
    <Section id="surveys" title={t("on_client")}>
      {results.latest.length === 0 && <p className="empty-small">{t("on_client_empty")}</p>}
      {results.scores.length > 0 && (
        <ul className="score-lines">
          {results.scores.map((row) => (
            <li key={row.kind}>
              <span>{t(`${row.kind}_short`)}</span>
              <strong className="num">{Math.round(row.score)}{row.kind === "csat" && "%"}</strong>
              <Interval kind={row.kind} low={row.low} high={row.high} score={row.score} />
              <span className="soft small num">{t("answer_count", { count: row.responses })}</span>
            </li>
          ))}
        </ul>
      )}
      <ul className="lines">{results.latest.map((item) => <Answer key={item.id} item={item} />)}</ul>
    </Section>
  );
}

function Answer({ item }: { item: SurveyResult }) {
  const { t } = useTranslation(["surveys", "engagements"]);
  const about = item.case_id ? `/cases/${item.case_id}` : item.engagement_id && `/engagements/${item.engagement_id}`;
  return (
    <li>
      <span>{item.person_name ?? t("anonymous_answers", { count: item.responses })}{item.role && <span className="soft"> {t(`engagements:role.${item.role}`)}</span>}</span>
      <GivenScore item={item} />
      {item.comment && <p className="body">{item.comment}</p>}
      <span className="meta body">
        <When at={item.at} day />
        {about ? <Link className="num" to={about}>{item.subject}</Link> : <span className="num">{item.subject}</span>}
        {item.follow_up && <span className="pair"><Link to={`/cases/${item.follow_up.id}`}>{t("follow_up", { number: item.follow_up.number })}</Link><StatusMark status={item.follow_up.status} /></span>}
      </span>
    </li>
  );
}

/** One person's score, or what a whole anonymous round came to. */
function GivenScore({ item }: { item: SurveyResult }) {
  const { t } = useTranslation("surveys");
  if (item.person_name !== null) return <ScoreMark kind={item.kind} score={item.score} low={item.low} />;
  return <span className={item.low ? "num mark-bad" : "num"}>{t(item.kind === "nps" ? "group_nps" : "group_csat", { score: Math.round(item.score) })}</span>;
}
