import { useEffect, type ReactNode } from "react";
import { Link } from "react-router";
import { ChevronLeft } from "lucide-react";

interface PageProps {
  title: string;
  /** The line under the title: marks, numbers, who. */
  under?: ReactNode;
  actions?: ReactNode;
  back?: { to: string; label: string };
  width?: "full" | "list" | "reading" | "form";
  children: ReactNode;
}

export function Page({ title, under, actions, back, width = "full", children }: PageProps) {
  useEffect(() => { document.title = title; }, [title]);
  return (
    <div className={`page page-${width}`}>
      <header className="page-head">
        <div className="page-title">
          {back && (
            <Link className="page-back" to={back.to}>
              <ChevronLeft size={14} aria-hidden="true" />
              {back.label}
            </Link>
          )}
          <h1>{title}</h1>
          {under && <div className="page-under">{under}</div>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page: a line above, never a box inside a box. */
export function Section({ title, count, actions, children, id }: {
  title: string; count?: number | string; actions?: ReactNode; children: ReactNode; id?: string;
}) {
  return (
    <section className="section" id={id} aria-label={title}>
      <header className="section-head">
        <h2>{title}{count !== undefined && <span className="count">{count}</span>}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}

/** Label and value pairs, the value never pushed off by a long label. */
export function Facts({ items, columns = 1 }: { items: readonly (readonly [string, ReactNode])[]; columns?: 1 | 2 }) {
  return (
    <dl className={`facts facts-${columns}`}>
      {items.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  );
}
