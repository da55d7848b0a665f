import { App, Button } from "antd";
import { Archive } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { api } from "@/api/client";
import type { Client, Interaction } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { DraftForm } from "@/components/form/DraftForm";
import { Page } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { useLeave } from "@/components/form/useLeave";
import { useTouch } from "@/lib/useTouch";
import { useClient, useContacts } from "../clients/api";
import { InteractionFields, type InteractionValues } from "./InteractionFields";

export function NewInteractionPage() {
  const { clientId = "" } = useParams();
  const client = useClient(clientId);
  // The form stands at once; only a client that does not exist, or is not for one's eyes, takes its place.
  if (client.isError) return <PageProblem of={client} />;
  if (client.data?.archived_at) return <Archived client={client.data} />;
  return <NewInteraction clientId={clientId} name={client.data?.legal_name} />;
}

function Archived({ client }: { client: Client }) {
  const { t } = useTranslation(["interactions", "clients"]);
  return (
    <Page width="form" title={t("new_title")} back={{ to: `/clients/${client.id}`, label: client.legal_name }}>
      <EmptyState icon={Archive} title={t("clients:archived")}>{t("clients:archived_text")}</EmptyState>
    </Page>
  );
}

function NewInteraction({ clientId, name }: { clientId: string; name?: string }) {
  const { t } = useTranslation(["interactions", "forms"]);
  const [params] = useSearchParams();
  const { message } = App.useApp();
  const leave = useLeave();
  const touch = useTouch();
  const contacts = useContacts(clientId);
  const initial = useRef<InteractionValues>({
    kind: params.get("kind") ?? "call", occurred_at: new Date().toISOString(), contact_ids: [], summary: "",
    intent: null, next_step: null, next_step_on: null,
  }).current;

  const submit = async (values: InteractionValues) => {
    await api.post<Interaction>("/interactions", { ...values, client_id: clientId });
    void message.success(t("recorded"));
    await touch(["interactions", "clients"]);
    leave(`/clients/${clientId}`);
  };
  return (
    <Page
      width="form"
      title={t("new_title")}
      back={{ to: `/clients/${clientId}`, label: name ?? t("client") }}
    >
      <DraftForm<InteractionValues>
        draft={`interaction.${clientId}`} initial={initial} submit={submit} submitLabel={t("record")}
        cancel={<Link to={`/clients/${clientId}`}><Button type="text">{t("forms:cancel")}</Button></Link>}
      >
        {() => <InteractionFields clientId={clientId} contacts={contacts.data?.items ?? []} />}
      </DraftForm>
    </Page>
  );
}
