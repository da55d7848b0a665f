import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SurveyKind } from "@/api/types";
import { Interval } from "./Interval";

interface Given { kind: SurveyKind; score: number | null; low: number | null; high: number | null }

/** A score where there is little room: name and figure, its interval, who it rests on. */
export function ScoreLine({ name, row, rest }: { name: ReactNode; row: Given; rest: string }) {
  const { t } = useTranslation("surveys");
  return (
    <li className="score-line">
      <span>{name}</span>
      <Figure row={row} />
      {row.score === null ? (
        <span className="soft small">{t("hidden")}</span>
      ) : (
        <Interval kind={row.kind} low={row.low ?? row.score} high={row.high ?? row.score} score={row.score} />
      )}
      <span className="soft small num">{rest}</span>
    </li>
  );
}

export function Figure({ row }: { row: Pick<Given, "kind" | "score"> }) {
  return (
    <strong className="num">
      {row.score === null ? "–" : `${Math.round(row.score)}${row.kind === "csat" ? "%" : ""}`}
    </strong>
  );
}
