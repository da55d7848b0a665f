import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Opportunity } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { useMove } from "./useMove";

export interface Ending { item: Opportunity; stage: "won" | "lost" }
interface Values { reason?: string; competitor?: string }

/** A win makes a draft engagement and cannot be taken back; a loss says why. */
export function EndDialog({ ending, onClose }: { ending: Ending | null; onClose: () => void }) {
  const { t } = useTranslation(["opportunities", "forms"]);
  const { send } = useMove();
  if (!ending) return null;
  const { item, stage } = ending;
  const lost = stage === "lost";
  const submit = ({ reason, competitor }: Values) =>
    send(item.id, {
      stage,
      reason: reason?.trim() || null,
      ...(lost ? { competitor: competitor?.trim() || null } : {}),
    });
  return (
    <AskDialog<Values>
      open
      title={t(lost ? "lose_title" : "win_title", { title: item.title })}
      okText={t(lost ? "lose" : "win")}
      danger={lost}
      initial={{ competitor: item.competitor ?? undefined }}
      submit={submit}
      onClose={onClose}
    >
      <p className="soft ask-text">{t(lost ? "lose_text" : "win_text")}</p>
      <Form.Item
        name="reason"
        label={t(lost ? "loss_reason" : "win_reason")}
        rules={lost ? [{ required: true, whitespace: true, message: t("loss_reason_needed") }] : []}
      >
        <Input maxLength={200} autoFocus />
      </Form.Item>
      {lost && (
        <Form.Item name="competitor" label={t("competitor")} extra={t("competitor_help")}>
          <Input maxLength={200} />
        </Form.Item>
      )}
    </AskDialog>
  );
}
