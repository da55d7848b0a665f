import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Stakeholder } from "@/api/types";
import { PHONE, useMedia } from "@/lib/useWidth";
import { STANCE_ORDER, StanceIcon, StanceMark } from "./StanceMark";

const DEGREES = [1, 2, 3, 4, 5] as const;
const MIDDLE = 3;
/** How many people a cell shows before the rest are only counted. */
const MOST = { desk: 6, phone: 3 } as const;

/** Influence upward, interest to the right; each person where both meet, with their stance now. */
export function PowerGrid({ items, onOpen }: { items: readonly Stakeholder[]; onOpen: (item: Stakeholder) => void }) {
  const { t } = useTranslation("stakeholders");
  return (
    <figure className="power" aria-label={t("grid")}>
      <span className="power-y" aria-hidden="true">
        <span>↑</span>
        <span className="power-y-name">{t("influence")}</span>
      </span>
      <div className="power-grid">
        {[...DEGREES].reverse().map((influence) => (
          <Fragment key={influence}>
            <Degree value={influence} />
            {DEGREES.map((interest) => (
              <Cell
                key={interest}
                influence={influence}
                interest={interest}
                people={items.filter((item) => item.influence === influence && item.interest === interest)}
                onOpen={onOpen}
              />
            ))}
          </Fragment>
        ))}
        <span />
        {DEGREES.map((interest) => <Degree key={interest} value={interest} />)}
      </div>
      <figcaption className="power-x" aria-hidden="true">
        {t("interest")} →
      </figcaption>
      <ul className="power-legend" aria-label={t("stance_now")}>
        {STANCE_ORDER.map((stance) => (
          <li key={stance}>
            <StanceMark stance={stance} />
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** How much, on both axes alike. */
function Degree({ value }: { value: number }) {
  return (
    <span className="power-degree num" aria-hidden="true">
      {value}
    </span>
  );
}

interface CellProps {
  influence: number;
  interest: number;
  people: readonly Stakeholder[];
  onOpen: (item: Stakeholder) => void;
}

/** Who stands at one place; where more stand than fit, the rest are behind their number. */
function Cell({ influence, interest, people, onOpen }: CellProps) {
  const { t } = useTranslation("stakeholders");
  const [whole, setWhole] = useState(false);
  const most = useMedia(PHONE) ? MOST.phone : MOST.desk;
  const more = people.length - most;
  return (
    <div className={`power-cell ${influence > MIDDLE && interest > MIDDLE ? "power-key" : ""}`}>
      {(whole ? people : people.slice(0, most)).map((item) => (
        <Who key={item.id} item={item} onOpen={onOpen} />
      ))}
      {more > 0 && (
        <button
          type="button"
          className="power-more"
          aria-expanded={whole}
          aria-label={whole ? t("fewer") : t("more_at", { count: more, influence, interest })}
          onClick={() => {
            setWhole(!whole);
          }}
        >
          {whole ? t("fewer") : `+${more}`}
        </button>
      )}
    </div>
  );
}

function Who({ item, onOpen }: { item: Stakeholder; onOpen: (item: Stakeholder) => void }) {
  const { t } = useTranslation("stakeholders");
  const { name, influence, interest } = item;
  return (
    <button
      type="button"
      className="power-who"
      data-record=""
      title={name}
      onClick={() => {
        onOpen(item);
      }}
      aria-label={t("who_at", { name, influence, interest, stance: t(`stance.${item.stance_now}`) })}
    >
      <StanceIcon stance={item.stance_now} />
      <span>{name}</span>
    </button>
  );
}
