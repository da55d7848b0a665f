import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { DueDay } from "@/components/DueDay";
import { Section } from "@/components/Page";
import { PromiseClock } from "@/components/PromiseClock";
import { headWeekday } from "@/lib/time";
import type { Day } from "./days";
import type { WeekItem } from "./items";
import { LongList } from "@/components/LongList";

export function WeekDays({ days, today }: { days: readonly Day<WeekItem>[]; today: string }) {
  const { t, i18n } = useTranslation("week");
  return days.map(
    ({ key, items }) =>
      items.length > 0 && (
        <Section
          key={key}
          id={`day-${key}`}
          title={key === "late" ? t("overdue") : headWeekday(key, today, i18n.language, "long")}
          count={items.length}
        >
          <LongList
            className="agenda"
            items={items}
            render={(item) => <Line item={item} late={key === "late"} />}
          />
        </Section>
      ),
  );
}

function Line({ item, late }: { item: WeekItem; late: boolean }) {
  const Icon = item.icon;
  return (
    <>
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <Link to={item.to} className="agenda-what">
        <strong>{item.title}</strong>
        <span>
          <span className="agenda-kind">{item.kind}</span>
          {item.detail}
        </span>
      </Link>
      <span className="agenda-when">
        {item.dueAt ? (
          <PromiseClock dueAt={item.dueAt} />
        ) : (
          late && item.dueAt === undefined && <DueDay on={item.day} />
        )}
      </span>
      <Link to={item.actTo} tabIndex={-1}>
        <Button size="small" aria-label={`${item.act}: ${item.title}`}>
          {item.act}
        </Button>
      </Link>
    </>
  );
}
