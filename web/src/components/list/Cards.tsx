import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type Ref, type RefObject } from "react";
import { Link } from "react-router";
import { useMark } from "@/live/marks";
import type { Row } from "./types";

const CARD_HEIGHT = 76;
const NEAR_END = 10;

interface Props<T extends Row> {
  items: readonly T[];
  href: (row: T) => string;
  card: (row: T) => ReactNode;
  label: string;
  onEnd: () => void;
}

/** On a phone a row is a card that leads to its page; only the cards near the screen are drawn. */
export function Cards<T extends Row>({ items, href, card, label, onEnd }: Props<T>) {
  const list = useRef<HTMLUListElement>(null);
  const above = useAbove(list, items);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scrollerOf(list.current),
    estimateSize: () => CARD_HEIGHT,
    overscan: 6,
    scrollMargin: above,
    initialRect: { width: 0, height: window.innerHeight }, // so that the first drawing has its cards
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => { if (items.length && last >= items.length - NEAR_END) onEnd(); }, [items.length, last, onEnd]);
  return (
    <ul ref={list} className="cards" aria-label={label} style={{ height: virtual.getTotalSize() }}>
      {shown.map((place) => {
        const row = items[place.index];
        return (
          row && (
            <Card
              key={row.id}
              ref={virtual.measureElement}
              id={row.id}
              index={place.index}
              count={items.length}
              top={place.start - above}
            >
              <Link to={href(row)} className="card-link">
                {card(row)}
              </Link>
            </Card>
          )
        );
      })}
    </ul>
  );
}

interface CardProps {
  ref: Ref<HTMLLIElement>;
  id: string;
  index: number;
  count: number;
  top: number;
  children: ReactNode;
}

function Card({ ref, id, index, count, top, children }: CardProps) {
  return (
    <li
      ref={ref}
      data-index={index}
      aria-setsize={count}
      aria-posinset={index + 1}
      className={useMark(id) ? "row-changed" : undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      {children}
    </li>
  );
}

const scrollerOf = (list: HTMLElement | null) => list?.closest<HTMLElement>(".work") ?? null;

/** Pixels of the page above the list, read again with every answer. */
function useAbove(list: RefObject<HTMLElement | null>, items: readonly Row[]): number {
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    const scroller = scrollerOf(list.current);
    if (!list.current || !scroller) return;
    setAbove(
      Math.round(list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop),
    );
  }, [list, items]);
  return above;
}
