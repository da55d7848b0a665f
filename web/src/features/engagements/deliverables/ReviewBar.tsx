import { Button, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Deliverable } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { useAct } from "@/components/useAct";
import { useTouch } from "@/lib/useTouch";
import { check, decide, DELIVERABLE_KEYS, takeStep, type PlainStep } from "./api";

interface Asked {
  step: "check" | "decide";
  yes: boolean;
}
const PLAIN: readonly [string, PlainStep, boolean][] = [
  ["request_check", "request-check", true],
  ["take_back", "take-back", false],
  ["start_rollout", "start-rollout", true],
  ["finish_rollout", "finish-rollout", true],
];

/** The reader's own step, always in reach: on a phone it stays under the thumb while one reads. */
export function ReviewBar({ item }: { item: Deliverable }) {
  const { t } = useTranslation("deliverables");
  const [asked, setAsked] = useState<Asked | null>(null);
  const go = useAct((step: PlainStep) => takeStep(item.id, step), { touches: DELIVERABLE_KEYS, done: t("done") });
  const can = (act: string) => item.can?.includes(act as never) ?? false;
  const review = can("decide") ? "decide" : can("check") ? "check" : null;
  const plain = PLAIN.filter(([act]) => can(act));
  const bar = (review || plain.length > 0) && (
    <div className="review-bar" role="region" aria-label={t("your_step")}>
      <span className="review-what">{t(review ? `your_${review}` : "your_step")}</span>
      {review && (
        <Button
          type="primary"
          onClick={() => {
            setAsked({ step: review, yes: true });
          }}
        >
          {t(review === "decide" ? "accept" : "pass")}
        </Button>
      )}
      {review && (
        <Button
          onClick={() => {
            setAsked({ step: review, yes: false });
          }}
        >
          {t("send_back")}
        </Button>
      )}
      {plain.map(([, step, primary]) => (
        <Button
          key={step}
          type={primary ? "primary" : "default"}
          loading={go.isPending && go.variables === step}
          onClick={() => {
            go.mutate(step);
          }}
        >
          {t(`act.${step.replace("-", "_") as "take_back"}`)}
        </Button>
      ))}
    </div>
  );
  return (
    <>
      {bar}
      {asked && (
        <VerdictDialog
          item={item}
          asked={asked}
          overtaken={!can(asked.step)}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </>
  );
}

interface VerdictProps {
  item: Deliverable;
  asked: Asked;
  overtaken: boolean;
  onClose: () => void;
}

function VerdictDialog({ item, asked, overtaken, onClose }: VerdictProps) {
  const { t } = useTranslation(["deliverables", "forms"]);
  const touch = useTouch();
  const ok = asked.yes ? t(asked.step === "decide" ? "accept" : "pass") : t("send_back");
  const submit = async ({ reason }: { reason?: string }) => {
    await (asked.step === "decide" ? decide : check)(item.id, asked.yes, reason?.trim() || null);
    await touch(DELIVERABLE_KEYS);
  };
  const title = t(asked.yes ? `${asked.step}_yes` : "no_title", { number: item.version_number });
  return (
    <AskDialog<{ reason?: string }>
      open
      title={title}
      okText={ok}
      danger={!asked.yes}
      overtaken={overtaken}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t(asked.yes ? "remark" : "why")}
        rules={asked.yes ? [] : [{ required: true, whitespace: true, message: t("why_needed") }]}
      >
        <Input.TextArea autoSize={{ minRows: asked.yes ? 2 : 4 }} maxLength={20_000} autoFocus={!asked.yes} />
      </Form.Item>
    </AskDialog>
  );
}
