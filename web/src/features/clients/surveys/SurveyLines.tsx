import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { SurveyResult, SurveyResults } from "@/api/types";
import { useMe } from "@/auth/me";
import { seesAll } from "@/auth/reach";
import { Section } from "@/components/Page";
import { StatusMark } from "@/components/marks";
import { When } from "@/components/When";
import { ScoreLine } from "@/features/surveys/ScoreLine";
import { Scored, ScoreMark } from "@/features/surveys/ScoreMark";

/** How many answers the page shows before one asks for more. */
const FEW = 4;

/** What a client's people think of the work: how sure one can be, and what they said last. */
export function SurveyLines({ results: { scores, latest } }: { results: SurveyResults }) {
  const { t } = useTranslation("surveys");
  const [all, setAll] = useState(false);
  const everyone = seesAll("surveys", useMe());
  return (
    <Section id="surveys" title={t("on_client")}>
      {latest.length === 0 && (
        <p className="empty-small">{t(everyone ? "on_client_empty" : "on_client_none_of_yours")}</p>
      )}
      {latest.length > 0 && !everyone && <p className="soft">{t("on_client_yours")}</p>}
      {scores.length > 0 && (
        <ul className="score-lines">
          {scores.map((row) => (
            <ScoreLine
              key={row.kind}
              name={t(`${row.kind}_score`)}
              row={row}
              rest={t("answer_count", { count: row.responses })}
            />
          ))}
        </ul>
      )}
      <ul className="lines">
        {(all ? latest : latest.slice(0, FEW)).map((item) => (
          <Answer key={item.id} item={item} />
        ))}
      </ul>
      {latest.length > FEW && (
        <Button
          type="link"
          size="small"
          className="flush-small"
          aria-expanded={all}
          onClick={() => {
            setAll(!all);
          }}
        >
          {t(all ? "fewer" : "more_answers", { count: latest.length - FEW })}
        </Button>
      )}
    </Section>
  );
}

function Answer({ item }: { item: SurveyResult }) {
  const { t } = useTranslation(["surveys", "engagements"]);
  const about = item.case_id ? `/cases/${item.case_id}` : item.engagement_id && `/engagements/${item.engagement_id}`;
  return (
    <li>
      <span>
        {item.person_name ?? t("anonymous_answers", { count: item.responses })}
        {item.role && <span className="soft"> {t(`engagements:role.${item.role}`)}</span>}
      </span>
      <GivenScore item={item} />
      {item.comment && <p className="body">{item.comment}</p>}
      <span className="meta body">
        <When at={item.at} day />
        {about ? (
          <Link className="num" to={about}>
            {item.subject}
          </Link>
        ) : (
          <span className="num">{item.subject}</span>
        )}
        {item.follow_up && (
          <span className="pair">
            <Link to={`/cases/${item.follow_up.id}`}>{t("follow_up", { number: item.follow_up.number })}</Link>
            <StatusMark status={item.follow_up.status} />
          </span>
        )}
      </span>
    </li>
  );
}

/** One person's score, or what a whole anonymous round came to. */
function GivenScore({ item }: { item: SurveyResult }) {
  const { t } = useTranslation("surveys");
  if (item.person_name !== null) return <ScoreMark kind={item.kind} score={item.score} low={item.low} />;
  return (
    <Scored low={item.low}>
      {t(item.kind === "nps" ? "group_nps" : "group_csat", { score: Math.round(item.score) })}
    </Scored>
  );
}
