import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "react-router";
import { useMarks } from "@/live/marks";
import type { Row } from "./types";

/** On a phone a row is a card that leads to its page. */
export function Cards<T extends Row>({ items, href, card, label, onEnd }: {
  items: readonly T[]; href: (row: T) => string; card: (row: T) => ReactNode; label: string; onEnd: () => void;
}) {
  const marks = useMarks();
  const end = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const seen = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) onEnd(); });
    if (end.current) seen.observe(end.current);
    return () => { seen.disconnect(); };
  }, [onEnd, items.length]);
  return (
    <ul className="cards" aria-label={label}>
      {items.map((row) => (
        <li key={row.id} className={marks.has(row.id) ? "row-changed" : undefined}>
          <Link to={href(row)} className="card-link">{card(row)}</Link>
        </li>
      ))}
      <li ref={end} aria-hidden="true" className="cards-end" />
    </ul>
  );
}
