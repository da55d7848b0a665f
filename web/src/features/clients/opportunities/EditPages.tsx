import { App, Button, Form, Select } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { Opportunity, OpportunityStage } from "@/api/types";
import { useMe } from "@/auth/me";
import { DraftForm } from "@/components/form/DraftForm";
import { EditForm } from "@/components/form/EditForm";
import { ClientSelect } from "@/components/form/RecordSelect";
import { MoneyText } from "@/components/MoneyText";
import { Page } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { useLeave } from "@/components/form/useLeave";
import { useTouch } from "@/lib/useTouch";
import { useClient } from "../clients/api";
import { changeOpportunity, OPPORTUNITY_KEYS, openOpportunity, useOpportunity } from "./api";
import { cleaned, OpportunityFields, useOpportunityLabels, valuesOf, type OpportunityValues } from "./OpportunityForm";
import { OPEN_STAGES } from "./stages";

type NewValues = OpportunityValues & { client_id: string | null; stage: OpportunityStage };

export function NewOpportunityPage() {
  const [params] = useSearchParams();
  const asked = params.get("client") ?? undefined;
  const client = useClient(asked);
  if (asked && client.isPending) return <PageSkeleton />;
  return <NewForm client={client.data ? { id: client.data.id, name: client.data.legal_name } : null} />;
}

function NewForm({ client }: { client: { id: string; name: string } | null }) {
  const { t } = useTranslation(["opportunities", "forms"]);
  const { message } = App.useApp();
  const me = useMe();
  const leave = useLeave();
  const touch = useTouch();
  const initial = useRef<NewValues>({
    client_id: client?.id ?? null,
    stage: "lead",
    title: "",
    amount: null,
    probability: null as unknown as number,
    close_on: null,
    competitor: null,
    owner_id: me?.user.id ?? null,
    notes: null,
  }).current;
  const submit = async (values: NewValues) => {
    const { client_id, ...rest } = cleaned(values);
    const made = await openOpportunity({ ...rest, client_id: client_id ?? "" });
    void message.success(t("created"));
    await touch(OPPORTUNITY_KEYS);
    leave(`/opportunities/${made.id}`);
  };
  const needed = [{ required: true, message: t("forms:required") }];
  return (
    <Page
      width="form"
      title={t("add")}
      back={client ? { to: `/clients/${client.id}`, label: client.name } : { to: "/opportunities", label: t("title") }}
    >
      <DraftForm<NewValues>
        draft={`opportunity.new.${client?.id ?? ""}`}
        initial={initial}
        submit={submit}
        submitLabel={t("create")}
        cancel={
          <Link to={client ? `/clients/${client.id}` : "/opportunities"}>
            <Button type="text">{t("forms:cancel")}</Button>
          </Link>
        }
      >
        {() => (
          <div className="form-grid">
            <Form.Item name="client_id" label={t("client")} rules={needed}>
              <ClientSelect known={client} />
            </Form.Item>
            <Form.Item name="stage" label={t("stage_label")} rules={needed}>
              <Select options={OPEN_STAGES.map((value) => ({ value, label: t(`stage.${value}`) }))} />
            </Form.Item>
            <OpportunityFields owner={me ? { id: me.user.id, name: me.user.name } : null} />
          </div>
        )}
      </DraftForm>
    </Page>
  );
}

export function EditOpportunityPage() {
  const { id = "" } = useParams();
  const found = useOpportunity(id);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <PageProblem of={found} />;
  return <EditOpportunity key={id} item={found.data} />;
}

function EditOpportunity({ item }: { item: Opportunity }) {
  const { t } = useTranslation("opportunities");
  const labels = useOpportunityLabels();
  const home = `/opportunities/${item.id}`;
  const say = (field: string, value: unknown) =>
    field === "amount" && value ? (
      <MoneyText money={value as Opportunity["amount"]} />
    ) : field === "owner_id" && value === item.owner_id ? (
      item.owner?.name
    ) : undefined;
  return (
    <Page width="form" title={t("edit_title", { title: item.title })} back={{ to: home, label: item.title }}>
      <EditForm<Opportunity, OpportunityValues>
        draft={`opportunity.${item.id}`} record={item} home={home} valuesOf={valuesOf} cleaned={cleaned}
        change={(changed, version) => changeOpportunity(item.id, changed, version)} touches={OPPORTUNITY_KEYS}
        saved={t("saved")} submitLabel={t("save")} labels={labels} say={say}
      >
        <div className="form-grid"><OpportunityFields owner={item.owner} /></div>
      </EditForm>
    </Page>
  );
}
