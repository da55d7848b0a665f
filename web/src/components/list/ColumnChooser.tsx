import { Button, Checkbox, Popover } from "antd";
import { Columns3 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "./types";

const stored = (list: string) => `rapport.columns.${list}`;

const orders = <T,>({ sort: by }: Column<T>, sort: string) => by !== undefined && by === sort.replace("-", "");

/** Which columns this person shows, remembered per list in this browser; what the list is ordered by is always seen. */
export function useColumns<T>(list: string, columns: readonly Column<T>[], sort: string) {
  const initial = () => {
    const kept = localStorage.getItem(stored(list));
    return kept === null ? columns.filter((c) => !c.optional).map((c) => c.key) : kept.split(",");
  };
  const [chosen, setChosen] = useState<string[]>(initial);
  const choose = useCallback(
    (keys: string[]) => {
      localStorage.setItem(stored(list), keys.join(","));
      setChosen(keys);
    },
    [list],
  );
  const shown = useMemo(
    () => columns.filter((column) => column.fixed || chosen.includes(column.key) || orders(column, sort)),
    [columns, chosen, sort],
  );
  return { shown, chosen, choose };
}

export function ColumnChooser<T>({ columns, chosen, sort, onChoose }: {
  columns: readonly Column<T>[]; chosen: string[]; sort: string; onChoose: (keys: string[]) => void;
}) {
  const { t } = useTranslation("lists");
  const options = columns
    .filter((column) => !column.fixed)
    .map((column) => ({ value: column.key, label: column.title, disabled: orders(column, sort) }));
  const forced = options.flatMap(({ value, disabled }) => disabled && !chosen.includes(value) ? [value] : []);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      arrow={false}
      content={
        <div className="filter-options" role="dialog" aria-label={t("columns")}>
          <div className="filter-option-list">
            <Checkbox.Group options={options} value={[...chosen, ...forced]} onChange={(keys) => {
                onChoose(keys.filter((key) => !forced.includes(key)));
              }} />
          </div>
        </div>
      }
    >
      <Button type="text" icon={<Columns3 size={16} />} aria-label={t("columns")} title={t("columns")} />
    </Popover>
  );
}
