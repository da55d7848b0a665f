import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Deliverable } from "@/api/types";
import { useAct } from "@/components/useAct";
import { dropDraft, readDraft, saveDraft } from "@/lib/drafts";
import { comment, DELIVERABLE_KEYS } from "./api";

export const commentDraft = (item: Pick<Deliverable, "id">) => `deliverable.${item.id}.comment`;

/** What one thinks of the version in review; unsent words survive a closed tab. */
export function CommentBox({ item }: { item: Deliverable }) {
  const { t } = useTranslation("deliverables");
  const draft = commentDraft(item);
  const [text, setText] = useState(() => readDraft<{ text: string }>(draft)?.values.text ?? "");
  const change = (next: string) => {
    setText(next);
    if (next) saveDraft(draft, { text: next });
    else dropDraft(draft);
  };
  const send = useAct(() => comment(item.id, text.trim()), {
    touches: DELIVERABLE_KEYS,
    done: t("commented"),
    onDone: () => {
      change("");
    },
  });
  return (
    <div className="comment-box">
      <Input.TextArea
        aria-label={t("comment_label")}
        placeholder={t("comment_hint")}
        autoSize={{ minRows: 2, maxRows: 10 }}
        maxLength={20_000}
        value={text}
        onChange={(event) => {
          change(event.target.value);
        }}
      />
      <Button
        type="primary"
        disabled={!text.trim()}
        loading={send.isPending}
        onClick={() => {
          send.mutate();
        }}
      >
        {t("send_comment")}
      </Button>
    </div>
  );
}
