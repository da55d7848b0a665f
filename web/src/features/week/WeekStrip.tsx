import { useTranslation } from "react-i18next";
import { headWeekday } from "@/lib/time";
import { isWeekend, type Day } from "./days";
import type { WeekItem } from "./items";

const MOST_ICONS = 4;
const BESIDE_A_REST = 3;

/** The week at a glance: a column per day with what falls on it; a click goes to the day. */
export function WeekStrip({ days, today }: { days: readonly Day<WeekItem>[]; today: string }) {
  const { t, i18n } = useTranslation("week");
  const shown = days.filter((day) => day.items.length > 0 || (day.key !== "late" && !isWeekend(day.key)));
  return (
    <nav className="strip" aria-label={t("strip")}>
      {shown.map(({ key, items }) => (
        <a
          key={key}
          href={`#day-${key}`}
          className={classOf(key, today, items.length)}
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(`day-${key}`)?.scrollIntoView({ block: "start" });
          }}
        >
          <span className="strip-name">{key === "late" ? t("overdue") : headWeekday(key, today, i18n.language)}</span>
          <strong className="num">{items.length || "–"}</strong>
          <StripIcons items={items} />
        </a>
      ))}
    </nav>
  );
}

function StripIcons({ items }: { items: readonly WeekItem[] }) {
  const shown = items.length > MOST_ICONS ? items.slice(0, BESIDE_A_REST) : items;
  return (
    <span className="strip-icons" aria-hidden="true">
      {shown.map(({ key, icon: Icon }) => (
        <Icon key={key} size={14} />
      ))}
      {shown.length < items.length && `+${items.length - shown.length}`}
    </span>
  );
}

function classOf(key: string, today: string, count: number): string {
  const marks = [key === "late" && "strip-late", key === today && "strip-today", count === 0 && "strip-free"];
  return ["strip-day", ...marks].filter(Boolean).join(" ");
}
