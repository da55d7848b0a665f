import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Deliverable } from "@/api/types";
import { useAct } from "@/components/useAct";
import { useDraftText } from "@/lib/useDraftText";
import { comment, DELIVERABLE_KEYS } from "./api";

export const commentDraft = (item: Pick<Deliverable, "id">) => `deliverable.${item.id}.remark`;

/** What one thinks of the version in review; unsent words survive a closed tab. */
export function CommentBox({ item }: { item: Deliverable }) {
  const { t } = useTranslation("deliverables");
  const [text, change] = useDraftText(commentDraft(item));
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
