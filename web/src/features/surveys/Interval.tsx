import { useTranslation } from "react-i18next";
import type { SurveyKind } from "@/api/types";

/** Where a scale begins and how long it is, so that every interval is drawn on the same ruler. */
const SCALE: Record<SurveyKind, readonly [number, number]> = { nps: [-100, 200], csat: [0, 100] };

/** A 95 % interval on the scale's ruler: the wider, the less one knows. */
export function Interval({ kind, low, high, score }: { kind: SurveyKind; low: number; high: number; score: number }) {
  const { t } = useTranslation("surveys");
  const [start, length] = SCALE[kind];
  const place = (value: number) => ((value - start) / length) * 100;
  const said = t("between", { low: Math.round(low), high: Math.round(high) });
  return (
    <span className="interval" title={`${t("interval")}: ${said}`}>
      <span className="interval-rule" aria-hidden="true">
        <i className="interval-reach" style={{ left: `${place(low)}%`, width: `${place(high) - place(low)}%` }} />
        <i className="interval-point" style={{ left: `${place(score)}%` }} />
      </span>
      <span className="num soft small">{said}</span>
    </span>
  );
}
