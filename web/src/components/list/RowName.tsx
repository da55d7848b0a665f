import type { MouseEvent } from "react";
import { Link } from "react-router";

interface Props {
  to: string;
  children: string;
  /** A long name takes a second line. */
  lines?: boolean;
}

/** A plain click is the row's own; any other is the browser's: a new tab, a new window. */
function leave(event: MouseEvent) {
  if (event.metaKey || event.ctrlKey || event.shiftKey) event.stopPropagation();
  else event.preventDefault();
}

/** What a row of a table is called, as a link to its page that can be opened beside this one or copied. */
export function RowName({ to, children, lines }: Props) {
  return (
    <Link
      to={to}
      tabIndex={-1}
      draggable={false}
      className={`cell-main cell-name ${lines ? "cell-lines" : ""}`}
      title={children}
      onClick={leave}
    >
      {children}
    </Link>
  );
}
