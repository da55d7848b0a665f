import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Interaction } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { EditForm } from "@/components/form/EditForm";
import { Page } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { useContacts } from "../clients/api";
import { InteractionFields, type InteractionValues } from "./InteractionFields";

const valuesOf = (record: Interaction): InteractionValues => ({
  kind: record.kind, occurred_at: record.occurred_at, contact_ids: record.contact_ids, summary: record.summary,
  intent: record.intent, next_step: record.next_step, next_step_on: record.next_step_on,
});

/** Corrects a contact record within its first day. */
export function EditInteractionPage() {
  const { id = "" } = useParams();
  const record = useQuery({
    queryKey: ["interactions", "one", id],
    queryFn: ({ signal }) => api.get<Interaction>(`/interactions/${id}`, undefined, signal),
  });
  if (record.isPending) return <PageSkeleton />;
  if (record.isError) return <PageProblem of={record} />;
  return <Correcting key={id} record={record.data} />;
}

/** A record that is locked, or somebody else's, is not corrected: its own page says why and offers to amend it. */
function Correcting({ record }: { record: Interaction }) {
  const open = useRef(useCan(record, "edit", "interaction:edit")).current;
  return open ? <EditInteraction record={record} /> : <Navigate to={`/interactions/${record.id}`} replace />;
}

function EditInteraction({ record }: { record: Interaction }) {
  const { t } = useTranslation("interactions");
  const contacts = useContacts(record.client_id);
  const home = `/interactions/${record.id}`;
  const labels = {
    kind: t("kind_label"),
    occurred_at: t("when"),
    summary: t("summary"),
    intent: t("intent"),
    next_step: t("next_step"),
    next_step_on: t("next_step_on"),
  };
  return (
    <Page
      width="form"
      title={t("edit_title")}
      back={{ to: home, label: t("title", { kind: t(`kind.${record.kind}`) }) }}
    >
      <EditForm<Interaction, InteractionValues>
        draft={`interaction.edit.${record.id}`}
        record={record}
        home={home}
        valuesOf={valuesOf}
        change={(changed, version) => api.patch(`/interactions/${record.id}`, changed, version)}
        touches={["interactions", "clients"]}
        saved={t("recorded")}
        submitLabel={t("record")}
        labels={labels}
      >
        <InteractionFields clientId={record.client_id} contacts={contacts.data?.items ?? []} />
      </EditForm>
    </Page>
  );
}
