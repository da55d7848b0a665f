import { Button } from "antd";
import { History } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { dropDraft, readDraft, type Draft } from "@/lib/drafts";
import { useCopy } from "../useCopy";
import { When } from "../When";

/** What somebody typed for a form that is gone, as others went on meanwhile: to read, copy or discard. */
export function KeptWords({ draft }: { draft: string }) {
  const { t } = useTranslation("forms");
  const copy = useCopy();
  const [kept, setKept] = useState<Draft<unknown> | null>(null);
  // Only now: the form that goes in the same moment keeps its last words as it goes.
  useEffect(() => { setKept(readDraft<unknown>(draft)); }, [draft]);
  if (!kept) return null;
  const text = wordsOf(kept.values);
  const discard = () => { dropDraft(draft); setKept(null); };
  return (
    <section className="banner banner-warn" role="status">
      <p className="draft-of"><History size={14} aria-hidden="true" /> {t("words_kept")} <When at={kept.saved_at} /></p>
      <p className="pre notes">{text}</p>
      <div className="banner-acts">
        <Button size="small" onClick={() => void copy(text, t("words_copied"))}>{t("words_copy")}</Button>
        <Button size="small" type="link" onClick={discard}>{t("draft_discard")}</Button>
      </div>
    </section>
  );
}

/** A draft is a text, or the fields of a form. */
function wordsOf(values: unknown): string {
  const parts = typeof values === "object" && values !== null ? Object.values(values) : [values];
  return parts.filter((part) => typeof part === "string").join("\n");
}
