import { Button } from "antd";
import { useId, useLayoutEffect, useRef, useState, type CSSProperties } from "react";
import { useWords } from "@/i18n/words";

/** So many lines of a text that is folded are seen. */
const SEEN = 12;
/** A few lines more are not worth a fold. */
const SPARED = 4;

/** Somebody's words as they wrote them; very long ones are folded until somebody wants them all. */
export function LongText({ children }: { children: string }) {
  const t = useWords("common");
  const text = useRef<HTMLParagraphElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const [long, setLong] = useState(false);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    const words = text.current;
    if (!words) return;
    const look = () => {
      setLong(words.scrollHeight > (SEEN + SPARED) * parseFloat(getComputedStyle(words).lineHeight));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(words);
    return () => { resized.disconnect(); };
  }, [children]);
  // Folding again takes away what stood above the button: it stays in sight.
  useLayoutEffect(() => { if (!open) button.current?.scrollIntoView({ block: "nearest" }); }, [open]);
  return (
    <>
      <p
        id={id}
        ref={text}
        className={long && !open ? "pre folded" : "pre"}
        style={{ "--seen": SEEN } as CSSProperties}
      >
        {children}
      </p>
      {long && (
        <Button
          ref={button}
          type="link"
          size="small"
          className="flush-small unfold"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {t(open ? "show_less" : "show_all")}
        </Button>
      )}
    </>
  );
}
