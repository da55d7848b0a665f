import { Button, Form, Input } from "antd";
import { Lock } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Interaction } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { Facts, Page, Section } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { Day, When } from "@/components/When";
import { joinNames } from "@/lib/names";
import { useTouch } from "@/lib/useTouch";
import { useClient } from "../clients/api";

export function InteractionPage() {
  const { id = "" } = useParams();
  const record = useQuery({
    queryKey: ["interactions", "one", id],
    queryFn: ({ signal }) => api.get<Interaction>(`/interactions/${id}`, undefined, signal),
  });
  if (record.isPending) return <PageSkeleton />;
  if (record.isError) return <PageProblem of={record} />;
  return <Shown record={record.data} />;
}

function Shown({ record }: { record: Interaction }) {
  const { t, i18n } = useTranslation("interactions");
  const client = useClient(record.client_id);
  const [asking, setAsking] = useState(false);
  const mayEdit = useCan(record, "edit", "interaction:edit");
  const mayAmend = useCan(record, "amend", "interaction:amend");
  const facts = (
    [
      [
        t("with"),
        joinNames(
          record.contacts.map((c) => c.name),
          i18n.language,
        ),
      ],
      [
        t("our_side"),
        joinNames(
          record.participants.map((c) => c.name),
          i18n.language,
        ),
      ],
      [t("intent"), record.intent === null ? null : `${record.intent}/5`],
      [
        t("next_step"),
        record.next_step && (
          <>
            {record.next_step} {record.next_step_on && <Day on={record.next_step_on} />}
          </>
        ),
      ],
    ] satisfies [string, ReactNode][]
  ).filter((fact) => fact[1]);
  return (
    <Page
      width="reading"
      title={t("title", { kind: t(`kind.${record.kind}`) })}
      back={{ to: `/clients/${record.client_id}`, label: client.data?.legal_name ?? t("client") }}
      under={
        <>
          <When at={record.occurred_at} />
          {record.author && <span>{record.author.name}</span>}
        </>
      }
      actions={
        mayEdit ? (
          <Link to={`/interactions/${record.id}/edit`}>
            <Button>{t("edit")}</Button>
          </Link>
        ) : (
          mayAmend && (
            <Button
              onClick={() => {
                setAsking(true);
              }}
            >
              {t("amend")}
            </Button>
          )
        )
      }
    >
      <p className="pre lead">{record.summary}</p>
      {record.locked_at && Date.parse(record.locked_at) <= Date.now() && (
        <p className="soft card-marks">
          <Lock size={14} aria-hidden="true" />
          {t("locked")}
        </p>
      )}
      {facts.length > 0 && (
        <Section title={t("details")}>
          <Facts items={facts} />
        </Section>
      )}
      {record.amendments.length > 0 && (
        <Section title={t("amendments")} count={record.amendments.length}>
          <ul className="lines">
            {record.amendments.map((amendment) => (
              <li key={amendment.id}>
                <p className="pre">{amendment.summary}</p><When at={amendment.at} className="soft" />
                <span className="meta body"><span>{amendment.reason}</span><span>{amendment.by_name}</span></span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <AmendDialog record={record} open={asking} onClose={() => { setAsking(false); }} />
    </Page>
  );
}

function AmendDialog({ record, open, onClose }: { record: Interaction; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(["interactions", "forms"]);
  const touch = useTouch();
  const needed = [{ required: true, message: t("forms:required") }];
  const submit = async (values: { summary: string; reason: string }) => {
    await api.post(`/interactions/${record.id}/amend`, values);
    await touch(["interactions"]);
  };
  return (
    <AskDialog<{ summary: string; reason: string }>
      open={open}
      title={t("amend_title")}
      okText={t("amend")}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item name="summary" label={t("amend_summary")} extra={t("amend_help")} rules={needed}>
        <Input.TextArea autoSize={{ minRows: 4 }} maxLength={10_000} />
      </Form.Item>
      <Form.Item name="reason" label={t("amend_reason")} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
    </AskDialog>
  );
}
