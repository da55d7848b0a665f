import { Button, Form, Input, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Client, Grade } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { DueDay } from "@/components/DueDay";
import { AskDialog } from "@/components/form/AskDialog";
import { GradeMark } from "@/components/GradeMark";
import { Facts, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { Day, Nothing, When } from "@/components/When";
import { useTouch } from "@/lib/useTouch";
import { gradeClient, useGrades } from "./api";

const GRADES: readonly (Grade | "none")[] = ["A", "B", "C", "none"];

/** How much this client matters to the firm, and when it is to hear from us next. */
export function Rhythm({ client }: { client: Client }) {
  const { t } = useTranslation("rhythm");
  const may = useCan(client, "grade", "client:grade");
  const [asking, setAsking] = useState(false);
  const [past, setPast] = useState(false);
  return (
    <Section
      title={t("title")}
      actions={
        may && (
          <Button
            size="small"
            onClick={() => {
              setAsking(true);
            }}
          >
            {t(client.grade ? "regrade" : "set_grade")}
          </Button>
        )
      }
    >
      {client.grade ? (
        <>
          <p className="rhythm-grade">
            <GradeMark grade={client.grade} />
            <span>{client.grade_reason}</span>
          </p>
          <Facts
            items={[
              [
                t("next_call"),
                <NextTouch key="c" client={client} kind="call" on={client.next_call_on} last={client.last_call_on} />,
              ],
              [
                t("next_visit"),
                <NextTouch
                  key="v"
                  client={client}
                  kind="visit"
                  on={client.next_visit_on}
                  last={client.last_visit_on}
                />,
              ],
            ]}
          />
        </>
      ) : (
        <p className="empty-small">{t("ungraded")}</p>
      )}
      {client.grade_reason && (
        <Button
          type="link"
          size="small"
          className="flush-small"
          aria-expanded={past}
          onClick={() => {
            setPast(!past);
          }}
        >
          {t(past ? "hide_history" : "history")}
        </Button>
      )}
      {past && <History clientId={client.id} />}
      <GradeDialog client={client} open={asking} onClose={() => { setAsking(false); }} />
    </Section>
  );
}

function NextTouch({
  client,
  kind,
  on,
  last,
}: {
  client: Client;
  kind: "call" | "visit";
  on: string | null;
  last: string | null;
}) {
  const { t } = useTranslation("rhythm");
  if (!on) return <Nothing />;
  return (
    <span className="rhythm-next">
      {client.archived_at ? (
        <Nothing />
      ) : (
        <Link to={`/clients/${client.id}/interactions/new?kind=${kind}`}>
          <DueDay on={on} />
        </Link>
      )}
      <span className="soft small">
        {last ? (
          <>
            {t("last")} <Day on={last} />
          </>
        ) : (
          t("never")
        )}
      </span>
    </span>
  );
}

function History({ clientId }: { clientId: string }) {
  const { t } = useTranslation("rhythm");
  const grades = useGrades(clientId, true);
  if (grades.isPending) return <RowSkeletons rows={2} />;
  if (grades.isError) return <ProblemNotice error={grades.error} onRetry={() => void grades.refetch()} compact />;
  return (
    <ul className="lines" aria-label={t("history")}>
      {grades.data.map((entry) => (
        <li key={entry.id}>
          <span>
            {entry.grade ? <GradeMark grade={entry.grade} /> : t("taken_away")} {entry.reason}
          </span>
          <When at={entry.at} day className="soft" />
          <span className="meta body">{entry.by.name}</span>
        </li>
      ))}
    </ul>
  );
}

function GradeDialog({ client, open, onClose }: { client: Client; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(["rhythm", "forms"]);
  const touch = useTouch();
  const needed = [{ required: true, whitespace: true, message: t("forms:required") }];
  const submit = async ({ grade, reason }: { grade: Grade | "none"; reason: string }) => {
    await gradeClient(client.id, { grade: grade === "none" ? null : grade, reason });
    await touch(["clients"]);
  };
  const choices = GRADES.filter((grade) => grade !== (client.grade ?? "none"));
  return (
    <AskDialog<{ grade: Grade | "none"; reason: string }>
      open={open}
      title={t("grade_title", { name: client.short_name ?? client.legal_name })}
      okText={t("set_grade")}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item name="grade" label={t("grade")} rules={needed}>
        <Radio.Group className="stack">
          {choices.map((grade) => (
            <Radio key={grade} value={grade}>
              {t(`meaning.${grade}`)}
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="reason" label={t("reason")} extra={t("reason_help")} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
    </AskDialog>
  );
}
