import { Button } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

const FIRST = 50;

interface Props<T> {
  className: string;
  items: readonly T[];
  render: (item: T) => ReactNode;
  /** So many are drawn at first. */
  first?: number;
}

type Keyed = { key: string } | { id: string };

/** Lines of which many are drawn only when asked for; how many more there are is said. */
export function LongList<T extends Keyed>({ className, items, render, first = FIRST }: Props<T>) {
  const { t } = useTranslation("common");
  const [whole, setWhole] = useState(false);
  const shown = whole ? items : items.slice(0, first);
  const left = items.length - shown.length;
  return (
    <>
      <ul className={className}>
        {shown.map((item) => (
          <li key={"key" in item ? item.key : item.id}>{render(item)}</li>
        ))}
      </ul>
      {left > 0 && (
        <Button
          type="link"
          onClick={() => {
            setWhole(true);
          }}
        >
          {t("show_more", { count: left })}
        </Button>
      )}
    </>
  );
}
