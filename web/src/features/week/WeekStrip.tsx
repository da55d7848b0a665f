import { useTranslation } from "react-i18next";
import { sayWeekday } from "@/lib/time";
import { isWeekend, type Day } from "./days";
import type { WeekItem } from "./items";

const MOST_ICONS = 4;

/** The week at a glance: a column per day with what falls on it; a click goes to the day. */
export function WeekStrip({ days, today }: { days: readonly Day<WeekItem>[]; today: string }) {
  const { t, i18n } = useTranslation("week");
  const shown = days.filter((day) => day.items.length > 0 || (day.key !== "late" && !isWeekend(day.key)));
  return (
    <nav className="strip" aria-label={t("strip")}>
      {shown.map(({ key, items }) => (
        <a key={key} href={`#day-${key}`} className={`strip-day ${key === "late" ? "strip-late" : ""} ${key === today ? "strip-today" : ""} ${items.length === 0 ? "strip-free" : ""}`}
          onClick={(event) => { event.preventDefault(); document.getElementById(`day-${key}`)?.scrollIntoView({ block: "start" }); }}
        >
          <span className="strip-name">{key === "late" ? t("overdue") : sayWeekday(key, today, i18n.language)}</span>
          <strong className="num">{items.length || "–"}</strong>
          <span className="strip-icons" aria-hidden="true">{items.slice(0, MOST_ICONS).map(({ key: item, icon: Icon }) => <Icon key={item} size={14} />)}{items.length > MOST_ICONS && "…"}</span>
        </a>
      ))}
    </nav>
  );
}
