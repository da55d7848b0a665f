import { App, Button, Form, Input, InputNumber, Select } from "antd";
import { CheckCircle2, CircleSlash, History, Lightbulb, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case, Risk, Solution } from "@/api/types";
import { useMe } from "@/auth/me";
import { useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { MoneyInput } from "@/components/form/MoneyInput";
import { useClearing } from "@/components/form/useClearing";
import { Mark } from "@/components/marks";
import { MoneyText } from "@/components/MoneyText";
import { Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { useAct } from "@/components/useAct";
import { useDanger } from "@/components/useDanger";
import { useTouch } from "@/lib/useTouch";
import {
  acceptSolution,
  CASE_KEYS,
  declineSolution,
  offerSolution,
  useSolutions,
  withdrawSolution,
  type SolutionBody,
} from "../api";

const RISKS: readonly Risk[] = ["low", "medium", "high"];
const MOST = 4;

/** Up to four alternatives side by side: what, cost, time, risk; the client accepts one. */
export function Solutions({ item }: { item: Case }) {
  const { t } = useTranslation("solutions");
  const solutions = useSolutions(item.id);
  const [asking, setAsking] = useState(false);
  const may = useCan(item, "offer", "solution:offer");
  // What stood before a reopening comes after what is offered now.
  const all = [...(solutions.data ?? [])].sort((a, b) => Number(a.before_reopening) - Number(b.before_reopening));
  const full = all.filter((solution) => solution.status === "offered").length >= MOST;
  if (solutions.isError)
    return <ProblemNotice error={solutions.error} onRetry={() => void solutions.refetch()} compact />;
  if (all.length === 0 && !may && !asking) return null;
  return (
    <Section
      id="solutions"
      title={t("title")}
      count={all.length || undefined}
      actions={
        may && (
          <Button
            size="small"
            icon={<Plus size={14} />}
            disabled={full}
            title={full ? t("full") : undefined}
            onClick={() => {
              setAsking(true);
            }}
          >
            {t("offer")}
          </Button>
        )
      }
    >
      {all.length === 0 ? (
        <p className="empty-small">{t("none")}</p>
      ) : (
        <div className="solutions">
          {all.map((solution) => (
            <SolutionColumn key={solution.id} solution={solution} item={item} />
          ))}
        </div>
      )}
      <OfferDialog
        item={item}
        overtaken={!may}
        open={asking}
        onClose={() => {
          setAsking(false);
        }}
      />
    </Section>
  );
}

function SolutionState({ solution }: { solution: Solution }) {
  const { t } = useTranslation("solutions");
  const words = t(`status.${solution.status}`);
  if (solution.before_reopening)
    return (
      <Mark icon={History} tone="quiet">
        {`${words} · ${t("before_reopening")}`}
      </Mark>
    );
  if (solution.status === "accepted")
    return (
      <Mark icon={CheckCircle2} tone="good">
        {words}
      </Mark>
    );
  return (
    <Mark
      icon={solution.status === "offered" ? Lightbulb : CircleSlash}
      tone={solution.status === "offered" ? "plain" : "quiet"}
    >
      {words}
    </Mark>
  );
}

function SolutionColumn({ solution, item }: { solution: Solution; item: Case }) {
  const { t } = useTranslation("solutions");
  const firm = useMe()?.side === "firm";
  const past = solution.before_reopening || !["offered", "accepted"].includes(solution.status);
  const accepted = !past && solution.status === "accepted";
  return (
    <article
      className={`solution ${accepted ? "solution-accepted" : ""} ${past ? "solution-past" : ""}`}
      aria-label={solution.title}
    >
      <SolutionState solution={solution} />
      <h3>{solution.title}</h3>
      <p className="pre">{solution.description}</p>
      <dl>
        {solution.cost && (
          <>
            <dt>{t(firm ? "cost" : "cost_yours")}</dt>
            <dd>{solution.cost.amount_minor > 0 ? <MoneyText money={solution.cost} /> : t("free")}</dd>
          </>
        )}
        {solution.duration_days !== null && (
          <>
            <dt>{t("duration")}</dt>
            <dd>{t("days", { count: solution.duration_days })}</dd>
          </>
        )}
        {solution.risk && (
          <>
            <dt>{t("risk_label")}</dt>
            <dd>{t(`risk.${solution.risk}`)}</dd>
          </>
        )}
      </dl>
      {solution.decline_reason && <p className="soft small">{t("declined_because")} {solution.decline_reason}</p>}
      <SolutionActs solution={solution} item={item} />
    </article>
  );
}

function SolutionActs({ solution, item }: { solution: Solution; item: Case }) {
  const { t } = useTranslation(["solutions", "forms"]);
  const { modal } = App.useApp();
  const danger = useDanger();
  const touch = useTouch();
  const me = useMe();
  const [declining, setDeclining] = useState(false);
  const requester = me?.user.id === item.requester_id;
  const mayAccept = useCan(solution, "accept", "solution:accept") && requester;
  const mayDecline = useCan(solution, "decline", "solution:decline") && requester;
  const mayWithdraw = useCan(solution, "withdraw", "solution:withdraw");
  const accept = useAct(() => acceptSolution(solution.id), { touches: CASE_KEYS, done: t("accepted") });
  const withdraw = useAct(() => withdrawSolution(solution.id), { touches: CASE_KEYS });
  const askAccept = () =>
    modal.confirm({
      title: t("accept_title", { title: solution.title }),
      content: t("accept_text"),
      okText: t("accept"),
      onOk: () => accept.mutateAsync(),
    });
  const askWithdraw = () =>
    danger({
      title: t("withdraw_title", { title: solution.title }),
      content: t("withdraw_text"),
      okText: t("withdraw"),
      onOk: () => withdraw.mutateAsync(),
    });
  const decline = async ({ reason }: { reason: string }) => {
    await declineSolution(solution.id, reason);
    await touch(CASE_KEYS);
  };
  return (
    <div className="solution-acts">
      {mayAccept && (
        <Button type="primary" onClick={() => void askAccept()}>
          {t("accept")}
        </Button>
      )}
      {mayDecline && (
        <Button
          onClick={() => {
            setDeclining(true);
          }}
        >
          {t("decline")}
        </Button>
      )}
      {mayWithdraw && (
        <Button size="small" type="link" style={{ paddingInline: 0 }} onClick={() => void askWithdraw()}>
          {t("withdraw")}
        </Button>
      )}
      <AskDialog<{ reason: string }>
        open={declining}
        overtaken={!mayDecline}
        title={t("decline_title", { title: solution.title })}
        okText={t("decline")}
        submit={decline}
        onClose={() => {
          setDeclining(false);
        }}
      >
        <Form.Item
          name="reason"
          label={t("decline_reason")}
          extra={t("decline_help")}
          rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
        >
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={4000} />
        </Form.Item>
      </AskDialog>
    </div>
  );
}

interface OfferProps {
  item: Case;
  open: boolean;
  overtaken: boolean;
  onClose: () => void;
}

function OfferDialog({ item, open, overtaken, onClose }: OfferProps) {
  const { t } = useTranslation(["solutions", "forms"]);
  const clearing = useClearing();
  const touch = useTouch();
  const needed = [{ required: true, whitespace: true, message: t("forms:required") }];
  const submit = async (values: Omit<SolutionBody, "case_id">) => {
    await offerSolution({
      title: values.title,
      description: values.description,
      cost: values.cost ?? null,
      duration_days: values.duration_days ?? null,
      risk: values.risk ?? null,
      case_id: item.id,
    });
    await touch(CASE_KEYS);
  };
  return (
    <AskDialog<Omit<SolutionBody, "case_id">>
      open={open}
      overtaken={overtaken}
      title={t("offer_title")}
      okText={t("offer")}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item name="title" label={t("name")} rules={needed}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Form.Item name="description" label={t("description")} extra={t("description_help")} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={20_000} />
      </Form.Item>
      <div className="form-grid">
        <Form.Item name="cost" label={t("cost")}>
          <MoneyInput />
        </Form.Item>
        <Form.Item name="duration_days" label={t("duration")}>
          <InputNumber min={0} max={3650} precision={0} className="wide" />
        </Form.Item>
        <Form.Item name="risk" label={t("risk_label")}>
          <Select allowClear={clearing} options={RISKS.map((value) => ({ value, label: t(`risk.${value}`) }))} />
        </Form.Item>
      </div>
    </AskDialog>
  );
}
