import { useEffect, useRef, useState } from "react";

const FIELD = ":is(input, textarea, select):enabled:not([type=hidden])";

/** Where one stood on the page: a menu, from which a dialog was opened, is gone by then. */
let stood: HTMLElement | null = null;
document.addEventListener("focusin", ({ target }) => {
  if (target instanceof HTMLElement && !target.closest(".ant-dropdown, [role=dialog]")) stood = target;
});

/**
 * Stands first in a dialog, for the keyboard: one begins in its first field or, where nothing is to
 * be filled in, at the dialog itself, which says its heading; afterwards one is where one was.
 */
export function DialogStart() {
  const here = useRef<HTMLSpanElement>(null);
  const [opener] = useState(stood);
  useEffect(() => {
    const box = here.current?.closest<HTMLElement>("[role=dialog]");
    // The key that opened the dialog is still down: it must neither press the cross, which has the
    // focus by now, nor be typed into a field.
    const swallow = (event: Event) => { event.preventDefault(); };
    document.addEventListener("keypress", swallow, true);
    const frame = requestAnimationFrame(() => {
      document.removeEventListener("keypress", swallow, true);
      (box?.querySelector<HTMLElement>(FIELD) ?? box)?.focus({ preventScroll: true });
    });
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener("keypress", swallow, true);
      // A dialog that is taken away whole takes the focus with it.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) opener?.focus({ preventScroll: true });
      });
    };
  }, [opener]);
  return <span ref={here} hidden />;
}
