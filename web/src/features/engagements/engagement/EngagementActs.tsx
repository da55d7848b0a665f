import { Button, Dropdown, Form, Input } from "antd";
import { MoreHorizontal, Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Engagement } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { useAct } from "@/components/useAct";
import { useTouch } from "@/lib/useTouch";
import { actOnEngagement, ENGAGEMENT_KEYS, useTeam, type EngagementAct } from "../api";

type Step = Exclude<EngagementAct, "confirm-plan">;

/** What leads on stands in front; what stops the work stands behind the menu and asks why. */
const FORWARD: readonly Step[] = ["propose", "activate", "resume", "close"];
const BESIDE: readonly Step[] = ["start-closing", "hold", "cancel"];
const WITH_REASON: readonly Step[] = ["hold", "cancel"];

const named = (step: Step) =>
  step.replace("-", "_") as "propose" | "activate" | "resume" | "close" | "start_closing" | "hold" | "cancel";

export function EngagementActs({ item }: { item: Engagement }) {
  const { t } = useTranslation(["engagements", "common"]);
  const [asking, setAsking] = useState<Step | null>(null);
  const can = (step: Step) => item.can?.includes(named(step)) ?? false;
  const go = useAct((step: Step) => actOnEngagement(item.id, step), { touches: ENGAGEMENT_KEYS, done: t("done") });
  const offered = useTeam(item.id, can("propose")).data;
  /** What the page is there for stands out; an unfinished team is not proposed yet, nor a closing one resumed. */
  const stands = (step: Step) =>
    step === "propose" ? offered?.gaps.length === 0 : step !== "resume" || item.status !== "closing";
  const run = (step: Step) => {
    if (WITH_REASON.includes(step)) setAsking(step);
    else go.mutate(step);
  };
  const menu = BESIDE.filter(can).map((step) => ({
    key: step,
    label: t(`act.${named(step)}`),
    danger: step === "cancel",
    onClick: () => {
      run(step);
    },
  }));
  return (
    <>
      {FORWARD.filter(can).map((step) => (
        <Button
          key={step}
          type={stands(step) ? "primary" : "default"}
          loading={go.isPending && go.variables === step}
          onClick={() => {
            run(step);
          }}
        >
          {t(`act.${named(step)}`)}
        </Button>
      ))}
      {item.can?.includes("edit") && (
        <Link to={`/engagements/${item.id}/edit`}>
          <Button icon={<Pencil size={15} />}>{t("edit")}</Button>
        </Link>
      )}
      {menu.length > 0 && (
        <Dropdown trigger={["click"]} menu={{ items: menu }}>
          <Button icon={<MoreHorizontal size={16} />} aria-label={t("common:more")} aria-haspopup="menu" />
        </Dropdown>
      )}
      {asking && (
        <ReasonDialog
          item={item}
          step={asking}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </>
  );
}

function ReasonDialog({ item, step, onClose }: { item: Engagement; step: Step; onClose: () => void }) {
  const { t } = useTranslation(["engagements", "forms"]);
  const touch = useTouch();
  const submit = async (values: { reason: string }) => {
    await actOnEngagement(item.id, step, values);
    await touch(ENGAGEMENT_KEYS);
  };
  return (
    <AskDialog<{ reason: string }>
      open
      danger={step === "cancel"}
      title={t(step === "cancel" ? "cancel_title" : "hold_title", { title: item.title })}
      okText={t(`act.${named(step)}`)}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("reason")}
        rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
      >
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={4000} autoFocus />
      </Form.Item>
    </AskDialog>
  );
}
