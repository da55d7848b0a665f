import { App, Button, Form, Input, Select, Switch } from "antd";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import type { Engagement } from "@/api/types";
import { useMe } from "@/auth/me";
import { hasRole } from "@/auth/permissions";
import { DraftForm } from "@/components/form/DraftForm";
import { EditForm } from "@/components/form/EditForm";
import { DayPicker } from "@/components/form/InstantPicker";
import { ClientSelect, ColleagueSelect } from "@/components/form/RecordSelect";
import { Page } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { useLeave } from "@/components/form/useLeave";
import { useClient } from "@/features/clients/clients/api";
import { useTouch } from "@/lib/useTouch";
import {
  changeEngagement,
  draftEngagement,
  ENGAGEMENT_KEYS,
  useEngagement,
  type EngagementBody,
  type NewEngagement,
} from "../api";

const FIELDS = ["title", "objectives", "domains", "small", "starts_on"] as const;
const valuesOf = (item: Engagement) =>
  Object.fromEntries(FIELDS.map((field) => [field, item[field] ?? null])) as unknown as EngagementBody;
const cleaned = <V extends { objectives: string | null }>(values: V): V => ({
  ...values,
  objectives: values.objectives?.trim() || null,
});

function Fields({ first }: { first?: ReactNode }) {
  const { t } = useTranslation(["engagements", "forms"]);
  return (
    <div className="form-grid">
      {first}
      <Form.Item
        name="title"
        label={t("title_label")}
        className="span"
        rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="objectives" label={t("objectives")} extra={t("objectives_help")} className="span">
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={8000} />
      </Form.Item>
      <Form.Item name="domains" label={t("domains")} extra={t("domains_help")} className="span">
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[";", "；", "、", ","]} />
      </Form.Item>
      <Form.Item name="starts_on" label={t("starts_on")}>
        <DayPicker />
      </Form.Item>
      <Form.Item name="small" label={t("small")} extra={t("small_help")} valuePropName="checked">
        <Switch />
      </Form.Item>
    </div>
  );
}

export function NewEngagementPage() {
  const [params] = useSearchParams();
  const asked = params.get("client") ?? undefined;
  const client = useClient(asked);
  if (asked && client.isPending) return <PageSkeleton />;
  return <NewForm client={client.data ? { id: client.data.id, name: client.data.legal_name } : null} />;
}

function NewForm({ client }: { client: { id: string; name: string } | null }) {
  const { t } = useTranslation(["engagements", "forms"]);
  const me = useMe();
  const leave = useLeave();
  const touch = useTouch();
  const { message } = App.useApp();
  const self = hasRole(me, "consulting_pm") && me ? { id: me.user.id, name: me.user.name } : null;
  const initial = useRef({
    client_id: client?.id ?? "",
    title: "",
    objectives: null,
    domains: [],
    small: false,
    starts_on: null,
    consulting_pm_id: self?.id ?? null,
    director_id: null,
  } as NewEngagement).current;
  const submit = async (values: NewEngagement) => {
    const made = await draftEngagement(cleaned(values));
    void message.success(t("drafted"));
    await touch(ENGAGEMENT_KEYS);
    leave(`/engagements/${made.id}`);
  };
  return (
    <Page width="form" title={t("add")} back={{ to: "/engagements", label: t("title") }}>
      <p className="soft ask-text">{t("new_text")}</p>
      <DraftForm<NewEngagement>
        draft="engagement.new"
        initial={initial}
        submit={submit}
        submitLabel={t("draft_it")}
        cancel={
          <Link to="/engagements">
            <Button type="text">{t("forms:cancel")}</Button>
          </Link>
        }
      >
        {() => (
          <Fields
            first={
              <>
                <Form.Item
                  name="client_id"
                  label={t("client")}
                  className="span"
                  rules={[{ required: true, message: t("forms:required") }]}
                >
                  <ClientSelect known={client} />
                </Form.Item>
                <Form.Item name="consulting_pm_id" label={t("role.consulting_pm")}>
                  <ColleagueSelect known={self} />
                </Form.Item>
                <Form.Item name="director_id" label={t("role.director")}>
                  <ColleagueSelect />
                </Form.Item>
              </>
            }
          />
        )}
      </DraftForm>
    </Page>
  );
}

export function EditEngagementPage() {
  const { id = "" } = useParams();
  const found = useEngagement(id);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <PageProblem of={found} />;
  return <EditEngagement key={id} item={found.data} />;
}

function EditEngagement({ item }: { item: Engagement }) {
  const { t } = useTranslation("engagements");
  const home = `/engagements/${item.id}`;
  const labels = {
    title: t("title_label"),
    objectives: t("objectives"),
    domains: t("domains"),
    small: t("small"),
    starts_on: t("starts_on"),
  };
  return (
    <Page width="form" title={t("edit_title", { title: item.title })} back={{ to: home, label: item.title }}>
      <EditForm<Engagement, EngagementBody>
        draft={`engagement.${item.id}`}
        record={item}
        home={home}
        valuesOf={valuesOf}
        cleaned={cleaned}
        change={(changed, version) => changeEngagement(item.id, changed, version)}
        touches={ENGAGEMENT_KEYS}
        saved={t("saved")}
        submitLabel={t("save")}
        labels={labels}
      >
        <Fields />
      </EditForm>
    </Page>
  );
}
