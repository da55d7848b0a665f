import { App, Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Interaction } from "@/api/types";
import { DraftForm } from "@/components/form/DraftForm";
import { Page } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { PageSkeleton } from "@/components/Skeletons";
import { changesSince } from "@/lib/differences";
import { useContacts } from "../clients/api";
import { InteractionFields, type InteractionValues } from "./InteractionFields";

const valuesOf = (record: Interaction): InteractionValues => ({
  kind: record.kind, occurred_at: record.occurred_at, contact_ids: record.contact_ids, summary: record.summary,
  intent: record.intent, next_step: record.next_step, next_step_on: record.next_step_on,
});

/** Corrects a contact record within its first day. */
export function EditInteractionPage() {
  const { id = "" } = useParams();
  const record = useQuery({ queryKey: ["interactions", "one", id], queryFn: ({ signal }) => api.get<Interaction>(`/interactions/${id}`, undefined, signal) });
  if (record.isPending) return <PageSkeleton />;
  if (record.isError) return <div className="page page-reading"><ProblemNotice error={record.error} onRetry={() => void record.refetch()} /></div>;
  return <EditForm key={id} record={record.data} />;
}

function EditForm({ record }: { record: Interaction }) {
  const { t } = useTranslation(["interactions", "forms"]);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const contacts = useContacts(record.client_id);
  const base = useRef(record);
  const initial = useRef(valuesOf(record)).current;
  const back = `/interactions/${record.id}`;
  const submit = async (values: InteractionValues) => {
    const change = changesSince(valuesOf(base.current), { ...valuesOf(base.current), ...values });
    if (Object.keys(change).length > 0) await api.patch(`/interactions/${record.id}`, change, base.current.version);
    void message.success(t("recorded"));
    await Promise.all(["interactions", "clients"].map((name) => queries.invalidateQueries({ queryKey: [name] })));
    setTimeout(() => void navigate(back), 0);
  };
  const labels = { kind: t("kind_label"), occurred_at: t("when"), summary: t("summary"), intent: t("intent"), next_step: t("next_step"), next_step_on: t("next_step_on") };
  return (
    <Page width="form" title={t("edit_title")} back={{ to: back, label: t("title", { kind: t(`kind.${record.kind}`) }) }}>
      <DraftForm<InteractionValues>
        draft={`interaction.edit.${record.id}`} initial={initial} submit={submit} submitLabel={t("record")} labels={labels}
        onRebase={(current) => { base.current = { ...base.current, ...(current as Partial<Interaction>) }; }}
        cancel={<Link to={back}><Button type="text">{t("forms:cancel")}</Button></Link>}
      >
        {() => <InteractionFields contacts={contacts.data?.items ?? []} />}
      </DraftForm>
    </Page>
  );
}
