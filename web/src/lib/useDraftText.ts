import { useState } from "react";
import { dropDraft, readDraft, saveDraft } from "./drafts";

/** A text that is kept as a draft with each letter, so that a field that goes while one types loses none. */
export function useDraftText(draft: string): [string, (next: string) => void] {
  const [text, setText] = useState(() => readDraft<string>(draft)?.values ?? "");
  const change = (next: string) => {
    setText(next);
    if (next.trim()) saveDraft(draft, next);
    else dropDraft(draft);
  };
  return [text, change];
}
