import { App, Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import type { Client } from "@/api/types";
import { DraftForm } from "@/components/form/DraftForm";
import { MoneyText } from "@/components/MoneyText";
import { Page } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { PageSkeleton } from "@/components/Skeletons";
import { changesSince } from "@/lib/differences";
import { changeClient, useClient } from "./api";
import { cleaned, ClientFields, useClientLabels, valuesOf, type ClientValues } from "./ClientForm";

export function EditClientPage() {
  const { id = "" } = useParams();
  const client = useClient(id);
  if (client.isPending) return <PageSkeleton />;
  if (client.isError) return <div className="page page-reading"><ProblemNotice error={client.error} onRetry={() => void client.refetch()} /></div>;
  return <EditForm key={id} client={client.data} />;
}

/** The version that the form was opened with stays its base, whatever arrives live meanwhile. */
function EditForm({ client }: { client: Client }) {
  const { t } = useTranslation(["clients", "forms"]);
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const labels = useClientLabels();
  const base = useRef(client);
  const initial = useRef(valuesOf(client)).current;

  const submit = async (values: ClientValues) => {
    const before = cleaned(valuesOf(base.current));
    const change = changesSince(before, cleaned({ ...before, ...values }));
    if (Object.keys(change).length > 0) await changeClient(client.id, change, base.current.version);
    void message.success(t("saved"));
    await queries.invalidateQueries({ queryKey: ["clients"] });
    setTimeout(() => void navigate(`/clients/${client.id}`), 0);
  };
  const say = (field: string, value: unknown) =>
    field === "revenue" && value ? <MoneyText money={value as Client["revenue"]} />
      : field === "owner_id" ? (value === client.owner_id ? client.owner?.name ?? client.owner_name : undefined)
        : undefined;
  return (
    <Page width="form" title={t("edit_title", { name: client.short_name ?? client.legal_name })} back={{ to: `/clients/${client.id}`, label: client.legal_name }}>
      <DraftForm<ClientValues>
        draft={`client.${client.id}`} initial={initial} submit={submit} submitLabel={t("save")} labels={labels} say={say}
        onRebase={(current) => { base.current = { ...base.current, ...(current as Partial<Client>) }; }}
        cancel={<Link to={`/clients/${client.id}`}><Button type="text">{t("forms:cancel")}</Button></Link>}
      >
        {() => <ClientFields owner={client.owner} />}
      </DraftForm>
    </Page>
  );
}
