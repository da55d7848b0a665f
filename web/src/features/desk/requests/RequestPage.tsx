import { Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { Case } from "@/api/types";
import { useMe } from "@/auth/me";
import { useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { StatusMark } from "@/components/marks";
import { Facts, Page, Section } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { When } from "@/components/When";
import { clearMark } from "@/live/marks";
import { sayText, subjectOf } from "@/lib/said";
import { useTouch } from "@/lib/useTouch";
import { actOnCase, CASE_KEYS, hasEarlierResolution, isOver, useCase, useSteps } from "../api";
import { askedAbout } from "../cases/asked";
import { Steps } from "../cases/Steps";
import { Conversation } from "../messages/Conversation";
import { NextPromise } from "../promises/NextPromise";
import { Solutions } from "../solutions/Solutions";
import { opensFromSurvey, RequestKind } from "./RequestKind";

/** One's own request: whose turn it is comes first, then the offers, the words, the history. */
export function RequestPage() {
  const { id = "" } = useParams();
  const found = useCase(id);
  useEffect(() => { clearMark(id); }, [id]);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <PageProblem of={found} />;
  return <Shown item={found.data} />;
}

function Shown({ item }: { item: Case }) {
  const { t, i18n } = useTranslation("requests");
  const [params] = useSearchParams();
  const asked = askedAbout(item, useMe());
  const overtaken = hasEarlierResolution(item);
  return (
    <Page
      title={subjectOf(item, i18n.language)}
      back={{ to: "/requests", label: t("title") }}
      actions={<Acts item={item} />}
      under={
        <>
          <span className="num">{item.number}</span>
          <RequestKind item={item} />
          <StatusMark status={item.status} />
          <NextPromise item={item} />
        </>
      }
    >
      {params.has("received") && item.status === "open" && (
        <section className="banner banner-good" role="status">
          <p>
            <strong>{t("received", { number: item.number })}</strong>
          </p>
          <p className="soft">{t("received_next")}</p>
        </section>
      )}
      {opensFromSurvey(item) && (
        <section className="banner">
          <p>{item.asked_case ? t("survey_why_case", { number: item.asked_case.number }) : t("survey_why")}</p>
        </section>
      )}
      <ConfirmNeed item={item} />
      {item.status === "waiting_client" && <Asked item={item} />}
      {item.resolution && !overtaken && (
        <Section title={t("resolution")}>
          <p className="pre">{item.resolution}</p>
        </Section>
      )}
      <Solutions item={item} />
      <Section title={t(opensFromSurvey(item) ? "survey_matter" : "matter")}>
        <p className="pre">{sayText(item.description_texts ?? item.description, i18n.language)}</p>
        <div style={{ marginTop: 12 }}>
          <Facts
            items={[
              ...(item.remedy_sought ? [[t("remedy_short"), item.remedy_sought] as const] : []),
              ...(item.restated_need && item.need_confirmed_at
                ? [[t("agreed_need"), item.restated_need] as const]
                : []),
              ...(asked
                ? [
                    [
                      t("asked_about"),
                      <Link key="asked" className="num" to={asked.to}>
                        {asked.number ?? t("asked_engagement")}
                      </Link>,
                    ] as const,
                  ]
                : []),
              [t("in_hands_of"), item.assignee?.name ?? t("nobody_yet")],
              [t(opensFromSurvey(item) ? "survey_opened" : "sent"), <When key="w" at={item.created_at} />],
            ]}
          />
        </div>
      </Section>
      <Conversation item={item} />
      {overtaken && (
        <Section title={t("resolution_before")}>
          <p className="pre soft">{item.resolution}</p>
        </Section>
      )}
      <Section title={t("history")}><Steps item={item} /></Section>
      <Withdraw item={item} />
    </Page>
  );
}

/** The firm says back what it understood; only then it looks for solutions. */
function ConfirmNeed({ item }: { item: Case }) {
  const { t } = useTranslation(["requests", "forms"]);
  const touch = useTouch();
  const me = useMe();
  const may = useCan(item, "confirm-need", "case:confirm-need");
  const [correcting, setCorrecting] = useState(false);
  const confirm = useAct(() => actOnCase(item.id, "confirm-need", { confirmed: true }), {
    touches: CASE_KEYS,
    done: t("need_thanks"),
  });
  const open = Boolean(item.restated_need) && !item.need_confirmed_at && !isOver(item);
  const asked = open && may && me?.user.id === item.requester_id;
  const correct = async ({ comment }: { comment: string }) => {
    await actOnCase(item.id, "confirm-need", { confirmed: false, comment });
    await touch(CASE_KEYS);
  };
  const question = (
    <section className="banner" aria-label={t("need_title")}>
      <h2>{t("need_title")}</h2>
      <p className="pre">{item.restated_need}</p>
      {item.need_comment && <p className="soft">{t("need_said")} {item.need_comment}</p>}
      <div className="banner-acts">
        <Button
          type="primary"
          loading={confirm.isPending}
          onClick={() => {
            confirm.mutate();
          }}
        >
          {t("need_yes")}
        </Button>
        <Button
          onClick={() => {
            setCorrecting(true);
          }}
        >
          {t("need_no")}
        </Button>
      </div>
    </section>
  );
  return (
    <>
      {asked && question}
      <AskDialog<{ comment: string }>
        open={correcting}
        overtaken={!asked}
        title={t("need_no")}
        okText={t("send")}
        submit={correct}
        onClose={() => {
          setCorrecting(false);
        }}
      >
        <Form.Item
          name="comment"
          label={t("need_comment")}
          rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
        >
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={20_000} autoFocus />
        </Form.Item>
      </AskDialog>
    </>
  );
}

function Acts({ item }: { item: Case }) {
  const { t } = useTranslation(["requests", "forms"]);
  const touch = useTouch();
  const [asking, setAsking] = useState(false);
  const mayClose = useCan(item, "close", "case:close");
  const mayReopen = useCan(item, "reopen", "case:reopen");
  const close = useAct(() => actOnCase(item.id, "close"), { touches: CASE_KEYS, done: t("closed") });
  const submit = async (values: { reason: string }) => {
    await actOnCase(item.id, "reopen", values);
    await touch(CASE_KEYS);
  };
  return (
    <>
      {mayClose && (
        <Button
          type="primary"
          loading={close.isPending}
          onClick={() => {
            close.mutate();
          }}
        >
          {t("solved_close")}
        </Button>
      )}
      {mayReopen && (
        <Button
          onClick={() => {
            setAsking(true);
          }}
        >
          {t("not_solved")}
        </Button>
      )}
      <AskDialog<{ reason: string }>
        open={asking}
        title={t("reopen_title")}
        okText={t("not_solved")}
        submit={submit}
        onClose={() => {
          setAsking(false);
        }}
      >
        <Form.Item
          name="reason"
          label={t("reason")}
          rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
        >
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={4000} />
        </Form.Item>
      </AskDialog>
    </>
  );
}

/** The way out stands at the end, where nobody takes it by accident. */
function Withdraw({ item }: { item: Case }) {
  const { t } = useTranslation(["requests", "forms"]);
  const touch = useTouch();
  const may = useCan(item, "withdraw", "case:withdraw");
  const [asking, setAsking] = useState(false);
  const submit = async (values: { reason: string }) => {
    await actOnCase(item.id, "withdraw", values);
    await touch(CASE_KEYS);
  };
  return (
    <div className="section">
      {may && (
        <Button
          danger
          type="text"
          className="flush"
          onClick={() => {
            setAsking(true);
          }}
        >
          {t("withdraw_this")}
        </Button>
      )}
      <AskDialog<{ reason: string }>
        open={asking}
        overtaken={!may}
        danger
        title={t("withdraw_title")}
        okText={t("withdraw")}
        submit={submit}
        onClose={() => {
          setAsking(false);
        }}
      >
        <Form.Item
          name="reason"
          label={t("reason")}
          rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
        >
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={4000} />
        </Form.Item>
      </AskDialog>
    </div>
  );
}

/** What the firm waits for, in its own words. */
function Asked({ item }: { item: Case }) {
  const { t } = useTranslation("requests");
  const asked = useSteps(item.id).data?.find((step) => step.kind === "waiting");
  return (
    <section className="banner banner-warn">
      {asked?.params?.["reason"] && <p><strong>{asked.params["reason"]}</strong></p>}
      <p>{t("waiting")}</p>
    </section>
  );
}
