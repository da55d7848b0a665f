import { Button, Form, Input, Radio, Switch } from "antd";
import { CalendarClock, CheckCircle2, CircleSlash, Frown, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case, FollowUp } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { DayPicker } from "@/components/form/InstantPicker";
import { Scale } from "@/components/form/Scale";
import { Mark } from "@/components/marks";
import { Section } from "@/components/Page";
import { Day, When } from "@/components/When";
import { useTouch } from "@/lib/useTouch";
import { CASE_KEYS, planFollowUp, recordFollowUp, useFollowUps, waiveFollowUp, type Recorded } from "../api";

type Asking = { kind: "plan" } | { kind: "record" | "waive"; followUp: FollowUp };

/** One or two calls after the resolution: was it really solved? */
export function FollowUps({ item }: { item: Case }) {
  const { t } = useTranslation("followups");
  const followUps = useFollowUps(item.id);
  const may = useCan(item, "follow_up", "follow-up:plan");
  const [asking, setAsking] = useState<Asking | null>(null);
  const all = followUps.data ?? [];
  if (all.length === 0 && !may && !asking) return null;
  return (
    <Section
      title={t("title")}
      actions={
        may && (
          <Button
            size="small"
            icon={<Plus size={14} />}
            onClick={() => {
              setAsking({ kind: "plan" });
            }}
          >
            {t("plan")}
          </Button>
        )
      }
    >
      {all.length === 0 ? (
        <p className="empty-small">{t("none")}</p>
      ) : (
        <ul>
          {all.map((followUp) => (
            <FollowUpLine key={followUp.id} followUp={followUp} onAsk={setAsking} />
          ))}
        </ul>
      )}
      {asking && (
        <FollowUpDialog
          item={item}
          asking={asking}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </Section>
  );
}

function FollowUpLine({ followUp, onAsk }: { followUp: FollowUp; onAsk: (asking: Asking) => void }) {
  const { t } = useTranslation("followups");
  const mayRecord = useCan(followUp, "record", "follow-up:record");
  const mayWaive = useCan(followUp, "waive", "follow-up:waive");
  return (
    <li className="promise">
      <div className="promise-top">
        <FollowUpState followUp={followUp} />
        {followUp.recorded_at ? <When at={followUp.recorded_at} className="soft" /> : <Day on={followUp.due_on} />}
      </div>
      {followUp.score !== null && <p className="soft small">{t("score_said", { score: followUp.score })}</p>}
      {followUp.notes && <p className="pre">{followUp.notes}</p>}
      {followUp.waive_reason && <p className="soft small">{followUp.waive_reason}</p>}
      {followUp.status === "scheduled" && (
        <div className="promise-acts">
          {mayRecord && (
            <Button
              size="small"
              type="link"
              onClick={() => {
                onAsk({ kind: "record", followUp });
              }}
            >
              {t("record")}
            </Button>
          )}
          {mayWaive && (
            <Button
              size="small"
              type="link"
              onClick={() => {
                onAsk({ kind: "waive", followUp });
              }}
            >
              {t("waive")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function FollowUpState({ followUp }: { followUp: FollowUp }) {
  const { t } = useTranslation("followups");
  if (followUp.status === "scheduled")
    return (
      <Mark icon={CalendarClock} tone="plain">
        {t("scheduled")}
      </Mark>
    );
  if (followUp.status === "waived")
    return (
      <Mark icon={CircleSlash} tone="quiet">
        {t("waived")}
      </Mark>
    );
  return followUp.satisfied ? (
    <Mark icon={CheckCircle2} tone="good">
      {t("satisfied")}
    </Mark>
  ) : (
    <Mark icon={Frown} tone="bad">
      {t("unsatisfied")}
    </Mark>
  );
}

function FollowUpDialog({ item, asking, onClose }: { item: Case; asking: Asking; onClose: () => void }) {
  const { t } = useTranslation(["followups", "forms"]);
  const touch = useTouch();
  const needed = [{ required: true, message: t("forms:required") }];
  const then = async (work: Promise<unknown>) => {
    await work;
    await touch(CASE_KEYS);
  };
  if (asking.kind === "plan") {
    return (
      <AskDialog<{ due_on: string }>
        open
        title={t("plan_title")}
        okText={t("plan")}
        onClose={onClose}
        submit={({ due_on }) => then(planFollowUp(item.id, due_on))}
      >
        <Form.Item name="due_on" label={t("due_on")} rules={needed}>
          <DayPicker />
        </Form.Item>
      </AskDialog>
    );
  }
  const { followUp } = asking;
  if (asking.kind === "waive") {
    return (
      <AskDialog<{ reason: string }>
        open
        title={t("waive_title")}
        okText={t("waive")}
        onClose={onClose}
        submit={({ reason }) => then(waiveFollowUp(followUp.id, reason))}
      >
        <Form.Item name="reason" label={t("reason")} rules={needed}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
        </Form.Item>
      </AskDialog>
    );
  }
  return (
    <AskDialog<Recorded>
      open
      title={t("record_title")}
      okText={t("record")}
      onClose={onClose}
      submit={(values) =>
        then(
          recordFollowUp(followUp.id, {
            satisfied: values.satisfied,
            score: values.score || null,
            notes: values.notes?.trim() ? values.notes : null,
            reopen: values.reopen ?? false,
          }),
        )
      }
    >
      <Form.Item name="satisfied" label={t("satisfied_label")} rules={needed}>
        <Radio.Group
          options={[
            { value: true, label: t("satisfied") },
            { value: false, label: t("unsatisfied") },
          ]}
        />
      </Form.Item>
      <Form.Item name="score" label={t("score")}>
        <Scale from={1} to={5} low={t("score_low")} high={t("score_high")} />
      </Form.Item>
      <Form.Item name="notes" label={t("notes")}>
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={20_000} />
      </Form.Item>
      <Form.Item name="reopen" label={t("reopen")} extra={t("reopen_help")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </AskDialog>
  );
}
