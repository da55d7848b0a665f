import { Button, Form, Select } from "antd";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Case, Severity, User } from "@/api/types";
import { useColleagues } from "@/auth/colleagues";
import { useMe } from "@/auth/me";
import { useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { useClearing } from "@/components/form/useClearing";
import { Facts, Section } from "@/components/Page";
import { useAct } from "@/components/useAct";
import { joinNames } from "@/lib/names";
import { useTouch } from "@/lib/useTouch";
import { actOnCase, CASE_KEYS, changeCase } from "../api";
import { askedAbout } from "./asked";
import { PRIORITIES } from "./useCaseList";

const SEVERITIES: readonly Severity[] = ["minor", "moderate", "major", "critical"];

export function CaseFacts({ item }: { item: Case }) {
  const { t, i18n } = useTranslation("cases");
  const mayEdit = useCan(item, "edit", "case:edit");
  const mayName = useCan(item, "about", "case:about");
  const asked = askedAbout(item, useMe());
  // What the choice began with: others may name somebody meanwhile.
  const [naming, setNaming] = useState<string[] | null>(null);
  const change = useAct((body: Partial<Case>) => changeCase(item, body), { touches: CASE_KEYS });
  const clearing = useClearing();
  const colleagues = useColleagues();
  const about = (item.about_user_ids ?? []).map((id) => colleagues.find((user) => user.id === id)?.name ?? "…");
  const choose = (field: "priority" | "severity", values: readonly string[]) => {
    const say = (value: string) => t(`${field}.${value}` as never);
    const value = item[field];
    if (!mayEdit) return value ? say(value) : t("not_set");
    return (
      <Select
        size="small"
        variant="borderless"
        className="inline-select"
        aria-label={t(`${field}_label`)}
        disabled={change.isPending}
        value={value ?? undefined}
        placeholder={t("not_set")}
        options={values.map((choice) => ({ value: choice, label: say(choice) }))}
        allowClear={field === "severity" && clearing}
        onChange={(choice: string | undefined) => {
          change.mutate({ [field]: choice ?? null });
        }}
      />
    );
  };
  return (
    <Section title={t("facts")}>
      <Facts
        items={[
          [t("requester"), item.requester?.name ?? "–"],
          [t("assignee"), item.assignee?.name ?? t("nobody_yet")],
          ...(asked
            ? [
                [
                  t("asked_about"),
                  <Link key="asked" className="num" to={asked.to}>
                    {asked.number ?? t("asked_engagement")}
                  </Link>,
                ] as const,
              ]
            : []),
          [t("priority_label"), choose("priority", PRIORITIES)],
          [t("severity_label"), choose("severity", SEVERITIES)],
          [
            t("about"),
            <span key="about" className="pair">
              <span>{about.length ? joinNames(about, i18n.language) : t("about_nobody")}</span>
              {mayName && (
                <Button
                  size="small"
                  type="link"
                  className="flush-small"
                  onClick={() => {
                    setNaming(item.about_user_ids ?? []);
                  }}
                >
                  {t("about_change")}
                </Button>
              )}
            </span>,
          ],
        ]}
      />
      {about.length > 0 && (
        <p className="soft small card-marks" style={{ marginTop: 8 }}>
          <ShieldCheck size={14} aria-hidden="true" />
          {t("about_rule")}
        </p>
      )}
      <AboutDialog
        item={item}
        users={colleagues}
        seen={naming}
        onClose={() => {
          setNaming(null);
        }}
      />
    </Section>
  );
}

function AboutDialog({
  item,
  users,
  seen,
  onClose,
}: {
  item: Case;
  users: readonly User[];
  seen: string[] | null;
  onClose: () => void;
}) {
  const { t } = useTranslation("cases");
  const touch = useTouch();
  const submit = async ({ user_ids }: { user_ids: string[] }) => {
    await actOnCase(item.id, "about", { user_ids, instead_of: seen });
    await touch(["cases"]);
  };
  return (
    <AskDialog<{ user_ids: string[] }>
      open={seen !== null}
      title={t("about_title")}
      okText={t("about_save")}
      initial={{ user_ids: seen ?? [] }}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item name="user_ids" label={t("about")} extra={t("about_rule")}>
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={users.map((user) => ({ value: user.id, label: user.name }))}
        />
      </Form.Item>
    </AskDialog>
  );
}
