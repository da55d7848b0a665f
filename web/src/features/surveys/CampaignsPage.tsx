import { Button } from "antd";
import { Pause, Play } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Campaign } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { Mark } from "@/components/marks";
import { Facts, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { sayText } from "@/lib/said";
import { CampaignDialog } from "./CampaignDialog";
import { useCampaigns, useForms } from "./api";

/** When Rapport asks by itself, whom, and how patiently; who keeps the surveys may change it. */
export function CampaignsPage() {
  const found = useCampaigns();
  if (found.isPending) return <RowSkeletons rows={6} />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  return found.data.map((item) => <CampaignSection key={item.id} item={item} />);
}

function CampaignSection({ item }: { item: Campaign }) {
  const { t, i18n } = useTranslation("campaigns");
  const forms = useForms();
  const form = forms.data?.find((each) => each.key === item.survey_key);
  const title = form ? sayText(form.title, i18n.language) : item.survey_key;
  const mayEdit = useCan({}, "edit", "campaign:edit");
  const [editing, setEditing] = useState(false);
  return (
    <Section
      title={title}
      actions={
        mayEdit && (
          <Button
            size="small"
            onClick={() => {
              setEditing(true);
            }}
          >
            {t("change")}
          </Button>
        )
      }
    >
      <CampaignFacts item={item} />
      {form && (
        <CampaignDialog
          item={item}
          kind={form.kind}
          title={title}
          open={editing}
          onClose={() => {
            setEditing(false);
          }}
        />
      )}
    </Section>
  );
}

function CampaignFacts({ item }: { item: Campaign }) {
  const { t, i18n } = useTranslation(["campaigns", "engagements"]);
  const asked =
    item.trigger === "case_closed"
      ? t("requester")
      : new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(
          item.roles.map((role) => t(`engagements:role.${role}`)),
        );
  return (
    <Facts
      columns={2}
      items={[
        [
          t("state"),
          item.active ? (
            <Mark key="state" icon={Play} tone="good">
              {t("active")}
            </Mark>
          ) : (
            <Mark key="state" icon={Pause} tone="quiet">
              {t("paused")}
            </Mark>
          ),
        ],
        [t("sent"), t(`trigger.${item.trigger}`)],
        [t("asked"), asked],
        [t("answers"), t(item.anonymous ? "anonymous" : "by_name")],
        [t("open_days"), t("days", { count: item.open_days })],
        [
          t("reminders"),
          item.reminders === 0
            ? t("no_reminder")
            : t("remind", { count: item.reminders, every: t("days", { count: item.reminder_days }) }),
        ],
        [t("fatigue_days"), item.fatigue_days === 0 ? t("no_pause") : t("days", { count: item.fatigue_days })],
        [t("low_at_most"), t("low_opens", { score: item.low_at_most })],
      ]}
    />
  );
}
