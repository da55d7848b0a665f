import { DatePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState, type FocusEvent, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useZone } from "@/auth/me";
import { clocksDiffer, instantAt, sayZone, todayIn, wallClock } from "@/lib/time";

interface Props {
  id?: string;
  value?: string | null;
  onChange?: (value: string | null) => void;
  disabled?: boolean;
  past?: boolean;
  presets?: { label: string; value: string }[];
}

/** Enter accepts the day that was typed; the form around it is sent by its own button. */
const acceptOnly = (event: KeyboardEvent<HTMLElement>) => { if (event.key === "Enter") event.preventDefault(); };

const WALL = "YYYY-MM-DD HH:mm";

/** What stands in the field. */
const textOf = ({ target }: FocusEvent<HTMLElement> | KeyboardEvent<HTMLElement>): string =>
  target instanceof HTMLInputElement ? target.value : "";

/** Picks a wall-clock time in the firm's zone, whatever zone this browser is in; the value is UTC. */
export function InstantPicker({ id, value, onChange, disabled, past = false, presets }: Props) {
  const { t, i18n } = useTranslation("forms");
  const zone = useZone();
  const toWall = (instant: string): Dayjs => {
    const p = wallClock(new Date(instant), zone);
    return dayjs(new Date(p.year, p.month - 1, p.day, p.hour, p.minute));
  };
  const toInstant = (wall: Dayjs): string => instantAt({
    year: wall.year(), month: wall.month() + 1, day: wall.date(), hour: wall.hour(), minute: wall.minute(),
  }, zone).toISOString();
  const now = new Date();
  const [refused, setRefused] = useState(false);
  const today = toWall(now.toISOString()).startOf("day");
  const outside = (day: Dayjs) => (past ? day.isAfter(today.endOf("day")) : day.isBefore(today));
  // As it is typed: a time that cannot be chosen is gone from the field once it is left.
  const judge = (text: string) => {
    const typed = dayjs(text, WALL, true);
    if (typed.isValid() && text !== (value && toWall(value).format(WALL))) setRefused(outside(typed));
  };
  return (
    <>
      <DatePicker
        id={id}
        disabled={disabled}
        className="wide"
        onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
          acceptOnly(event);
          if (event.key === "Tab" || event.key === "Enter") judge(textOf(event));
        }}
        placeholder={t("pick_time")}
        format={WALL}
        showTime={{ format: "HH:mm", minuteStep: 5 }}
        needConfirm={false}
        value={value ? toWall(value) : null}
        presets={presets?.map((preset) => ({ label: preset.label, value: toWall(preset.value) }))}
        disabledDate={outside}
        onChange={(wall: Dayjs | null) => {
          if (wall) setRefused(false); // An empty field is what the picker makes of a time it does not take.
          onChange?.(wall ? toInstant(wall) : null);
        }}
        onBlur={(event: FocusEvent<HTMLElement>) => { judge(textOf(event)); }}
      />
      {refused && <p className="picker-refused" role="alert">{t(past ? "not_past" : "not_ahead")}</p>}
      {clocksDiffer(zone, now) && (
        <p className="soft picker-clock">{t("other_clock", { zone: sayZone(zone, i18n.language) })}</p>
      )}
    </>
  );
}

/** Picks a date that no zone shifts; of what is `past` none after today in the firm's zone. */
export function DayPicker({ id, value, onChange, disabled, past = false }: Omit<Props, "presets">) {
  const { t } = useTranslation("forms");
  const today = todayIn(useZone(), new Date());
  return (
    <DatePicker
      id={id}
      disabled={disabled}
      className="wide"
      onKeyDown={acceptOnly}
      placeholder={t("pick_day")}
      value={value ? dayjs(value) : null}
      disabledDate={(day) => past && day.format("YYYY-MM-DD") > today}
      onChange={(day: Dayjs | null) => { onChange?.(day ? day.format("YYYY-MM-DD") : null); }}
    />
  );
}
