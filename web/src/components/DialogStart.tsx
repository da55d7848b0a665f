import { useLayoutEffect, useRef, useState } from "react";

const FIELD = ":is(input, textarea, select):enabled:not([type=hidden])";

/** What is to have the focus again; of a menu, which is gone by then, what opened it. */
function openerOf(active: Element | null): HTMLElement | null {
  const from = active?.closest(".ant-dropdown") ? document.querySelector(".ant-dropdown-open") : active;
  return from instanceof HTMLElement ? from : null;
}

/**
 * Stands first in a dialog, for the keyboard: one begins in its first field or, where nothing is to
 * be filled in, at the dialog itself, which says its heading; afterwards one is where one was.
 */
export function DialogStart() {
  const here = useRef<HTMLSpanElement>(null);
  const [opener] = useState(() => openerOf(document.activeElement));
  useLayoutEffect(() => {
    const box = here.current?.closest<HTMLElement>("[role=dialog]");
    // At once, or the cross had the focus, and the very key that opened the dialog would close it.
    box?.focus({ preventScroll: true });
    // A field only after that key: it would be typed into it.
    const frame = requestAnimationFrame(() => { box?.querySelector<HTMLElement>(FIELD)?.focus({ preventScroll: true }); });
    return () => {
      cancelAnimationFrame(frame);
      // A dialog that is taken away whole takes the focus with it.
      requestAnimationFrame(() => { if (document.activeElement === document.body) opener?.focus({ preventScroll: true }); });
    };
  }, [opener]);
  return <span ref={here} hidden />;
}
