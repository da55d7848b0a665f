import { useTranslation } from "react-i18next";
import type { Opportunity } from "@/api/types";
import { Section } from "@/components/Page";
import { Nothing, When } from "@/components/When";
import { spanOf } from "@/lib/time";
import { isOpen, OpportunityMark } from "./stages";

/** The way through the stages: where the time went, as a bar; each stay in the table below. */
export function StagePath({ item }: { item: Opportunity }) {
  const { t } = useTranslation("opportunities");
  const stays = item.stages ?? [];
  const whole = stays.reduce((sum, stay) => sum + stay.seconds, 0);
  const reasons = stays.some((stay) => stay.reason);
  if (stays.length === 0) return null;
  return (
    <Section title={t("way")}>
      {whole > 0 && (
        <div className="way" aria-hidden="true">
          {stays
            .filter((stay) => stay.seconds > 0)
            .map((stay) => (
              <div
                key={stay.entered_at}
                className={`way-part ${stay.left_at === null && isOpen(stay.stage) ? "way-now" : ""}`}
                style={{ flexGrow: stay.seconds / whole }}
                title={t(`stage.${stay.stage}`)}
              >
                <span>{t(`stage.${stay.stage}`)}</span>
              </div>
            ))}
        </div>
      )}
      <div className="scroll-x" tabIndex={0}>
        <table className="plain-table way-table">
          <thead>
            <tr>
              <th scope="col">{t("stage_label")}</th>
              <th scope="col">{t("since")}</th>
              <th scope="col">{t("stayed")}</th>
              <th scope="col">{t("by")}</th>
              {reasons && <th scope="col">{t("reason")}</th>}
            </tr>
          </thead>
          <tbody>
            {stays.map((stay) => (
              <tr key={stay.entered_at + stay.stage}>
                <td>
                  <OpportunityMark stage={stay.stage} />
                </td>
                <td>
                  <When at={stay.entered_at} />
                </td>
                <td>{isOpen(stay.stage) ? <Stay seconds={stay.seconds} /> : <Nothing />}</td>
                <td>{stay.by_name}</td>
                {reasons && <td>{stay.reason ?? <Nothing />}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Stay({ seconds }: { seconds: number }) {
  const { t } = useTranslation("opportunities");
  const { unit, count } = spanOf(seconds * 1000);
  return <span className="num">{t(`stay_${unit}`, { count })}</span>;
}
