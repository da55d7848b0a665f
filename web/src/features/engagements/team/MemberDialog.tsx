import { Form, Select } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement, MemberRole, TeamMap } from "@/api/types";
import { ourName, useMe } from "@/auth/me";
import { AskDialog } from "@/components/form/AskDialog";
import { DayPicker } from "@/components/form/InstantPicker";
import { ClientPersonSelect, ColleagueSelect } from "@/components/form/RecordSelect";
import { useTouch } from "@/lib/useTouch";
import { addMember, changeMember, ENGAGEMENT_KEYS, useCandidates, useMembers } from "../api";
import { CLIENT_ROLES, FIRM_ROLES, isClientRole, WITH_DOMAIN } from "../marks";

/** What the dialog starts from: a role and domains to fill, or a place to change. */
export interface MemberAsked {
  role?: MemberRole;
  domains?: string[];
  memberId?: string;
}
interface Values {
  role: MemberRole;
  user_id: string;
  domains: string[];
  answers_to: string | null;
  starts_on?: string | null;
  ends_on: string | null;
}

export function MemberDialog({
  engagement,
  team,
  asked,
  onClose,
}: {
  engagement: Engagement;
  team: TeamMap;
  asked: MemberAsked;
  onClose: () => void;
}) {
  const { t } = useTranslation(["team", "engagements", "forms"]);
  const touch = useTouch();
  const members = useMembers(engagement.id);
  const place = asked.memberId ? members.data?.find((member) => member.id === asked.memberId) : undefined;
  if (asked.memberId && !place) return null;
  const refresh = () => touch(ENGAGEMENT_KEYS);
  const submit = async ({ domains = [], answers_to = null, ends_on = null, ...rest }: Values) => {
    if (place)
      await changeMember(place, { domains, answers_to: place.role === "peripheral" ? answers_to : null, ends_on });
    else
      await addMember({
        ...rest,
        engagement_id: engagement.id,
        domains,
        answers_to: rest.role === "peripheral" ? answers_to : null,
        ends_on,
      });
    await refresh();
  };
  const initial: Partial<Values> = place
    ? { role: place.role, domains: place.domains, answers_to: place.answers_to, ends_on: place.ends_on }
    : { role: asked.role, domains: asked.domains ?? [] };
  return (
    <AskDialog<Values>
      open
      title={place ? t("change_title", { name: place.user.name ?? "" }) : t("add")}
      okText={place ? t("forms:save") : t("add")}
      initial={initial}
      submit={submit}
      onClose={onClose}
    >
      {(form) => <Fields engagement={engagement} team={team} fixed={place?.role} form={form} />}
    </AskDialog>
  );
}

/** Whom the client's project manager may choose: the people of the own firm. */
function CandidateSelect({
  engagementId,
  ...props
}: {
  engagementId: string;
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}) {
  const { t } = useTranslation("forms");
  const people = useCandidates(engagementId);
  return (
    <Select
      {...props}
      className="wide"
      showSearch={{ optionFilterProp: "label" }}
      loading={people.isPending}
      placeholder={t("find")}
      notFoundContent={t("nothing_found")}
      options={people.data?.map((person) => ({ value: person.id, label: person.name }))}
    />
  );
}

interface FieldProps {
  engagement: Engagement;
  team: TeamMap;
  fixed?: MemberRole;
  form: Parameters<Exclude<Parameters<typeof AskDialog<Values>>[0]["children"], React.ReactNode>>[0];
}

/** Names whom the member answers to where there is but one; nobody whom the choice does not hold. */
function useOnlyChoice(form: FieldProps["form"], ids: readonly string[] | null) {
  const choice = ids?.join(" ");
  useEffect(() => {
    if (choice === undefined) return;
    const among = choice ? choice.split(" ") : [];
    const named = form.getFieldValue("answers_to") as string | null | undefined;
    if (named && among.includes(named)) return;
    form.setFieldsValue({ answers_to: among.length === 1 ? among[0] : null });
  }, [form, choice]);
}

function Fields({ engagement, team, fixed, form }: FieldProps) {
  const { t } = useTranslation(["team", "engagements", "forms"]);
  const me = useMe();
  const chosen = Form.useWatch("role", form) as MemberRole | undefined;
  const domains = (Form.useWatch("domains", form) as string[] | undefined) ?? [];
  const role = fixed ?? chosen;
  const needed = [{ required: true, message: t("forms:required") }];
  const staffs = engagement.staffs ?? [];
  const named = (roles: readonly MemberRole[]) =>
    roles.filter((value) => staffs.includes(value)).map((value) => ({ value, label: t(`engagements:role.${value}`) }));
  const sides = [
    { label: engagement.client.name, options: named(CLIENT_ROLES) },
    { label: ourName(me, t("our_side")), options: named(FIRM_ROLES) },
  ];
  const cores = team.client.filter(
    (person) =>
      person.role === "core" && (domains.length === 0 || person.domains.some((domain) => domains.includes(domain))),
  );
  useOnlyChoice(form, role === "peripheral" ? cores.map((person) => person.id) : null);
  const withDomain = role && WITH_DOMAIN.includes(role);
  return (
    <>
      {!fixed && (
        <Form.Item name="role" label={t("role")} extra={role && t(`engagements:duty.${role}`)} rules={needed}>
          <Select
            options={sides.filter((side) => side.options.length > 0)}
            onChange={() => {
              form.setFieldsValue({ user_id: undefined });
            }}
          />
        </Form.Item>
      )}
      {!fixed && role && (
        <Form.Item
          key={isClientRole(role) ? "client" : "firm"}
          name="user_id"
          label={t("person")}
          extra={
            isClientRole(role) &&
            (me?.side === "firm" ? t("person_help") : t("person_ask", { firm: ourName(me, t("our_side")) }))
          }
          rules={needed}
        >
          {!isClientRole(role) ? (
            <ColleagueSelect />
          ) : me?.side === "firm" ? (
            <ClientPersonSelect clientId={engagement.client_id} />
          ) : (
            <CandidateSelect engagementId={engagement.id} />
          )}
        </Form.Item>
      )}
      {role && (
        <Form.Item
          name="domains"
          label={t("domains")}
          extra={withDomain ? t("domains_help") : undefined}
          rules={withDomain ? needed : []}
        >
          <Select mode="tags" options={(engagement.domains ?? []).map((value) => ({ value, label: value }))} />
        </Form.Item>
      )}
      {role === "peripheral" && (
        <Form.Item
          name="answers_to"
          label={t("answers_to")}
          extra={cores.length ? undefined : t("no_core")}
          rules={needed}
        >
          <Select
            options={cores.map((person) => ({
              value: person.id,
              label: `${person.name} · ${person.domains.join(" · ")}`,
            }))}
          />
        </Form.Item>
      )}
      {role && !fixed && (
        <Form.Item name="starts_on" label={t("starts_on")} extra={t("starts_help")}>
          <DayPicker />
        </Form.Item>
      )}
      {role && (
        <Form.Item name="ends_on" label={t("ends_on")} extra={t("ends_help")}>
          <DayPicker />
        </Form.Item>
      )}
    </>
  );
}
