import { useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";

interface Part { to: string; label: string }

/** The ways to the parts of a page. Where they do not fit, the open one is in view and the strip fades at its end. */
export function PartsStrip({ label, parts }: { label: string; parts: readonly Part[] }) {
  const strip = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const width = parts.length;
  useEffect(() => {
    const element = strip.current;
    const open = element?.querySelector<HTMLElement>("[aria-current]");
    if (element && open) element.scrollLeft = open.offsetLeft - (element.clientWidth - open.offsetWidth) / 2;
  }, [pathname, width]);
  useEffect(() => {
    const element = strip.current;
    if (!element) return;
    const look = () => { showWhereItGoesOn(element); };
    const resized = new ResizeObserver(look);
    resized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => { resized.disconnect(); element.removeEventListener("scroll", look); };
  }, []);
  return (
    <nav className="parts" aria-label={label} ref={strip}>
      {parts.map(({ to, label: name }) => <NavLink key={to} end to={to}>{name}</NavLink>)}
    </nav>
  );
}

function showWhereItGoesOn(strip: HTMLElement) {
  strip.toggleAttribute("data-before", strip.scrollLeft > 1);
  strip.toggleAttribute("data-after", strip.scrollLeft + strip.clientWidth < strip.scrollWidth - 1);
}
