import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { Client } from "@/api/types";
import { EditForm } from "@/components/form/EditForm";
import { MoneyText } from "@/components/MoneyText";
import { Page } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { changeClient, useClient } from "./api";
import { cleaned, ClientFields, useClientLabels, valuesOf, type ClientValues } from "./ClientForm";

export function EditClientPage() {
  const { id = "" } = useParams();
  const client = useClient(id);
  if (client.isPending) return <PageSkeleton />;
  if (client.isError) return <PageProblem of={client} />;
  return <EditClient key={id} client={client.data} />;
}

function EditClient({ client }: { client: Client }) {
  const { t } = useTranslation("clients");
  const labels = useClientLabels();
  const home = `/clients/${client.id}`;
  const say = (field: string, value: unknown) =>
    field === "revenue" && value ? <MoneyText money={value as Client["revenue"]} />
      : field === "owner_id" ? (value === client.owner_id ? client.owner?.name ?? client.owner_name : undefined)
        : undefined;
  return (
    <Page
      width="form"
      title={t("edit_title", { name: client.short_name ?? client.legal_name })}
      back={{ to: home, label: client.legal_name }}
    >
      <EditForm<Client, ClientValues>
        draft={`client.${client.id}`} record={client} home={home} valuesOf={valuesOf} cleaned={cleaned}
        change={(changed, version) => changeClient(client.id, changed, version)} touches={["clients"]}
        saved={t("saved")} submitLabel={t("save")} labels={labels} say={say}
      >
        <ClientFields owner={client.owner} />
      </EditForm>
    </Page>
  );
}
