import { App, Button, Form, Input, Select, Switch } from "antd";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { useQueryClient } from "@tanstack/react-query";
import type { Engagement } from "@/api/types";
import { useMe } from "@/auth/me";
import { hasRole } from "@/auth/permissions";
import { DraftForm } from "@/components/form/DraftForm";
import { DayPicker } from "@/components/form/InstantPicker";
import { ClientSelect, ColleagueSelect } from "@/components/form/RecordSelect";
import { Page } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { PageSkeleton } from "@/components/Skeletons";
import { useClient } from "@/features/clients/clients/api";
import { changesSince } from "@/lib/differences";
import { changeEngagement, draftEngagement, ENGAGEMENT_KEYS, useEngagement, type EngagementBody, type NewEngagement } from "../api";

const FIELDS = ["title", "objectives", "domains", "small", "starts_on"] as const;
const valuesOf = (item: Engagement) => Object.fromEntries(FIELDS.map((field) => [field, item[field] ?? null])) as unknown as EngagementBody;
const orNull = (text: string | null) => text?.trim() || null;

function Fields({ first }: { first?: ReactNode }) {
  const { t } = useTranslation(["engagements", "forms"]);
  return (
    <div className="form-grid">
      {first}
      <Form.Item name="title" label={t("title_label")} className="span" rules={[{ required: true, whitespace: true, message: t("forms:required") }]}><Input maxLength={300} /></Form.Item>
      <Form.Item name="objectives" label={t("objectives")} extra={t("objectives_help")} className="span"><Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={8000} /></Form.Item>
      <Form.Item name="domains" label={t("domains")} extra={t("domains_help")} className="span"><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[";", "；", "、", ","]} /></Form.Item>
      <Form.Item name="starts_on" label={t("starts_on")}><DayPicker /></Form.Item>
      <Form.Item name="small" label={t("small")} extra={t("small_help")} valuePropName="checked"><Switch /></Form.Item>
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
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const key = useRef(crypto.randomUUID());
  const self = hasRole(me, "consulting_pm") && me ? { id: me.user.id, name: me.user.name } : null;
  const initial = useRef({
    client_id: client?.id ?? "", title: "", objectives: null, domains: [], small: false, starts_on: null, consulting_pm_id: self?.id ?? null, director_id: null,
  } as NewEngagement).current;
  const submit = async (values: NewEngagement) => {
    const made = await draftEngagement({ ...values, objectives: orNull(values.objectives) }, key.current);
    void message.success(t("drafted"));
    await Promise.all(ENGAGEMENT_KEYS.map((name) => queries.invalidateQueries({ queryKey: [name] })));
    setTimeout(() => void navigate(`/engagements/${made.id}`), 0);
  };
  return (
    <Page width="form" title={t("add")} back={{ to: "/engagements", label: t("title") }}>
      <p className="soft ask-text">{t("new_text")}</p>
      <DraftForm<NewEngagement> draft="engagement.new" initial={initial} submit={submit} submitLabel={t("draft_it")} cancel={<Link to="/engagements"><Button type="text">{t("forms:cancel")}</Button></Link>}>
        {() => (
          <Fields first={<>
            <Form.Item name="client_id" label={t("client")} className="span" rules={[{ required: true, message: t("forms:required") }]}><ClientSelect known={client} /></Form.Item>
            <Form.Item name="consulting_pm_id" label={t("role.consulting_pm")}><ColleagueSelect known={self} /></Form.Item>
            <Form.Item name="director_id" label={t("role.director")}><ColleagueSelect /></Form.Item>
          </>} />
        )}
      </DraftForm>
    </Page>
  );
}

export function EditEngagementPage() {
  const { id = "" } = useParams();
  const found = useEngagement(id);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <div className="page page-reading"><ProblemNotice error={found.error} onRetry={() => void found.refetch()} /></div>;
  return <EditForm key={id} item={found.data} />;
}

/** The version that the form was opened with stays its base, whatever arrives live meanwhile. */
function EditForm({ item }: { item: Engagement }) {
  const { t } = useTranslation(["engagements", "forms"]);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const base = useRef(item);
  const initial = useRef(valuesOf(item)).current;
  const submit = async (values: EngagementBody) => {
    const before = valuesOf(base.current);
    const change = changesSince({ ...before }, { ...before, ...values, objectives: orNull(values.objectives) });
    if (Object.keys(change).length > 0) await changeEngagement(item.id, change, base.current.version);
    void message.success(t("saved"));
    await Promise.all(ENGAGEMENT_KEYS.map((name) => queries.invalidateQueries({ queryKey: [name] })));
    setTimeout(() => void navigate(`/engagements/${item.id}`), 0);
  };
  const labels = { title: t("title_label"), objectives: t("objectives"), domains: t("domains"), small: t("small"), starts_on: t("starts_on") };
  return (
    <Page width="form" title={t("edit_title", { title: item.title })} back={{ to: `/engagements/${item.id}`, label: item.title }}>
      <DraftForm<EngagementBody>
        draft={`engagement.${item.id}`} initial={initial} submit={submit} submitLabel={t("save")} labels={labels}
        onRebase={(current) => { base.current = { ...base.current, ...(current as Partial<Engagement>) }; }}
        cancel={<Link to={`/engagements/${item.id}`}><Button type="text">{t("forms:cancel")}</Button></Link>}
      >
        {() => <Fields />}
      </DraftForm>
    </Page>
  );
}
