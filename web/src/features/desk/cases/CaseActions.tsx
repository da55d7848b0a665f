import { Button, Dropdown, Form, Input } from "antd";
import { CheckCircle2, MoreHorizontal, UserRound } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Case } from "@/api/types";
import { useMe } from "@/auth/me";
import { hasRole, useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { ColleagueSelect } from "@/components/form/RecordSelect";
import { useAct } from "@/components/useAct";
import { useTouch } from "@/lib/useTouch";
import { actOnCase, CASE_KEYS, seenWith, take as takeCase, useFollowUps, type CaseAct } from "../api";

type Asked = "assign" | "resolve" | "close" | "reopen" | "withdraw" | "wait";

interface Ask {
  act: Asked;
  field: string;
  title: string;
  ok: string;
  label: string;
  help?: string;
  danger?: boolean;
  control?: ReactNode;
  /** How the case was when the question was put. */
  seen?: object;
}

function useAsks(item: Case): Record<Asked, Ask> {
  const { t } = useTranslation("cases");
  return {
    assign: {
      act: "assign",
      field: "assignee_id",
      title: t("assign_title"),
      ok: t("assign"),
      label: t("assignee"),
      control: <ColleagueSelect known={item.assignee} />,
      seen: seenWith(item),
    },
    resolve: {
      act: "resolve",
      field: "resolution",
      title: t("resolve_title"),
      ok: t("resolve"),
      label: t("resolution"),
      help: t("resolve_help"),
    },
    close: {
      act: "close",
      field: "waive_reason",
      title: t("close_title"),
      ok: t("close_title"),
      label: t("waive_reason"),
      help: t("close_help"),
    },
    reopen: {
      act: "reopen",
      field: "reason",
      title: t("reopen_title"),
      ok: t("reopen"),
      label: t("reason"),
      help: t("reason_public"),
    },
    withdraw: {
      act: "withdraw",
      field: "reason",
      title: t("withdraw_title"),
      ok: t("withdraw"),
      label: t("reason"),
      help: t("withdraw_help"),
      danger: true,
    },
    wait: {
      act: "wait",
      field: "reason",
      title: t("wait_title"),
      ok: t("wait"),
      label: t("wait_for"),
      help: t("wait_help"),
    },
  };
}

/** The next step stands as a button; the others wait in the menu. */
export function CaseActions({ item }: { item: Case }) {
  const { t } = useTranslation(["cases", "common"]);
  const me = useMe();
  const [asking, setAsking] = useState<Ask | null>(null);
  const asks = useAsks(item);
  const take = useAct(() => takeCase(item, me?.user.id), {
    touches: CASE_KEYS,
    done: t("taken"),
  });
  const go = useAct((act: CaseAct) => actOnCase(item.id, act), { touches: CASE_KEYS });
  const may = {
    assign: useCan(item, "assign", "case:assign"),
    start: useCan(item, "start", "case:start"),
    wait: useCan(item, "wait", "case:wait"),
    resume: useCan(item, "resume", "case:resume"),
    resolve: useCan(item, "resolve", "case:resolve"),
    close: useCan(item, "close", "case:close"),
    reopen: useCan(item, "reopen", "case:reopen"),
    withdraw: useCan(item, "withdraw", "case:withdraw"),
  };
  const open = (name: keyof typeof asks) => () => { setAsking(asks[name]); };
  const mine = item.assignee_id === me?.user.id;
  const takes = may.assign && !item.assignee_id && hasRole(me, "agent", "service_lead");
  const more = [
    ...(may.assign ? [{ key: "assign", label: t("assign"), onClick: open("assign") }] : []),
    ...(may.start && item.assignee_id
      ? [
          {
            key: "start",
            label: t("start"),
            onClick: () => {
              go.mutate("start");
            },
          },
        ]
      : []),
    ...(may.wait ? [{ key: "wait", label: t("wait"), onClick: open("wait") }] : []),
    ...(may.reopen ? [{ key: "reopen", label: t("reopen"), onClick: open("reopen") }] : []),
    ...(may.withdraw ? [{ key: "withdraw", label: t("withdraw"), danger: true, onClick: open("withdraw") }] : []),
  ];
  return (
    <>
      {takes ? (
        <Button
          type="primary"
          icon={<UserRound size={15} />}
          loading={take.isPending}
          onClick={() => {
            take.mutate();
          }}
        >
          {t("take")}
        </Button>
      ) : (
        may.assign
        && !mine
        && !item.assignee_id && (
          <Button type="primary" icon={<UserRound size={15} />} onClick={open("assign")}>
            {t("assign")}
          </Button>
        )
      )}
      {may.resume && (
        <Button
          type="primary"
          onClick={() => {
            go.mutate("resume");
          }}
        >
          {t("resume")}
        </Button>
      )}
      {may.resolve && (
        <Button type={takes ? "default" : "primary"} icon={<CheckCircle2 size={15} />} onClick={open("resolve")}>
          {t("resolve")}
        </Button>
      )}
      {may.close && <CloseButton item={item} onAsk={open("close")} />}
      {more.length > 0 && (
        <Dropdown trigger={["click"]} menu={{ items: more }}>
          <Button icon={<MoreHorizontal size={16} />} aria-label={t("common:more")} aria-haspopup="menu" />
        </Dropdown>
      )}
      {asking && (
        <ActDialog
          item={item}
          ask={asking}
          overtaken={!may[asking.act]}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </>
  );
}

/** Only a follow-up that is still to be made needs a reason why it is not. */
function CloseButton({ item, onAsk }: { item: Case; onAsk: () => void }) {
  const { t } = useTranslation("cases");
  const followUps = useFollowUps(item.id);
  const close = useAct(() => actOnCase(item.id, "close"), { touches: CASE_KEYS, done: t("closed_now") });
  const outstanding = followUps.data?.some((followUp) => followUp.status === "scheduled") ?? true;
  return (
    <Button
      loading={close.isPending}
      disabled={followUps.isPending}
      onClick={() => {
        if (outstanding) onAsk();
        else close.mutate();
      }}
    >
      {t("close")}
    </Button>
  );
}

interface ActProps {
  item: Case;
  ask: Ask;
  overtaken: boolean;
  onClose: () => void;
}

function ActDialog({ item, ask, overtaken, onClose }: ActProps) {
  const { t } = useTranslation("forms");
  const touch = useTouch();
  const submit = async (values: Record<string, unknown>) => {
    const value = values[ask.field];
    await actOnCase(item.id, ask.act, { [ask.field]: value, ...ask.seen });
    await touch(CASE_KEYS);
  };
  return (
    <AskDialog<Record<string, unknown>>
      open
      title={ask.title}
      okText={ask.ok}
      danger={ask.danger}
      overtaken={overtaken}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item
        name={ask.field}
        label={ask.label}
        extra={ask.help}
        rules={[{ required: true, message: t("required") }]}
      >
        {ask.control ?? <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20_000} />}
      </Form.Item>
    </AskDialog>
  );
}
