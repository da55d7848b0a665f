import { App, Form, InputNumber, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { Campaign, SurveyKind } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { CLIENT_ROLES } from "@/features/engagements/marks";
import { changesSince } from "@/lib/differences";
import { useTouch } from "@/lib/useTouch";
import { changeCampaign, type CampaignBody } from "./api";

/** The least and the most the server takes; days unless said otherwise. */
const NUMBERS = [
  ["open_days", 1, 90],
  ["reminders", 0, 3],
  ["reminder_days", 1, 30],
  ["fatigue_days", 0, 365],
  ["low_at_most", 0, 10],
] as const;

const LOWEST_GOOD: Record<SurveyKind, number> = { csat: 5, nps: 10 };

/** Changes a campaign; rounds already open stay as they were begun. */
export function CampaignDialog({
  item,
  kind,
  title,
  open,
  onClose,
}: {
  item: Campaign;
  kind: SurveyKind;
  title: string;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation(["campaigns", "engagements", "forms"]);
  const touch = useTouch();
  const { message } = App.useApp();
  const needed = [{ required: true, message: t("forms:required") }];
  // Not by the box itself: it would put its own number in place of what was typed.
  const within = (min: number, max: number) => ({
    type: "number" as const,
    min,
    max,
    message: t("within", { min, max }),
  });
  const phase = item.trigger === "phase_ended";
  const { active, roles, anonymous, open_days, reminders, reminder_days, fatigue_days, low_at_most } = item;
  const before: CampaignBody = {
    active,
    ...(phase && { roles, anonymous }),
    open_days,
    reminders,
    reminder_days,
    fatigue_days,
    low_at_most,
  };
  const submit = async (values: CampaignBody) => {
    await changeCampaign(item, changesSince(before, values));
    await touch(["campaigns"]);
    void message.success(t("saved"));
  };
  return (
    <AskDialog<CampaignBody>
      open={open}
      title={title}
      okText={t("save")}
      initial={before}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item name="active" label={t("ask_label")} valuePropName="checked" extra={t("ask_help")}>
        <Switch checkedChildren={t("active")} unCheckedChildren={t("paused")} />
      </Form.Item>
      {phase && (
        <Form.Item name="roles" label={t("asked")} rules={needed}>
          <Select
            mode="multiple"
            options={CLIENT_ROLES.map((value) => ({ value, label: t(`engagements:role.${value}`) }))}
          />
        </Form.Item>
      )}
      {phase && (
        <Form.Item name="anonymous" label={t("anonymous_label")} valuePropName="checked" extra={t("anonymous_help")}>
          <Switch />
        </Form.Item>
      )}
      <div className="form-grid">
        {NUMBERS.map(([name, least, most]) => (
          <Form.Item
            key={name}
            name={name}
            label={t(name)}
            extra={t(`${name}_help`)}
            rules={[...needed, within(least, name === "low_at_most" ? LOWEST_GOOD[kind] - 1 : most)]}
          >
            <InputNumber precision={0} suffix={name.endsWith("_days") ? t("unit_days") : undefined} />
          </Form.Item>
        ))}
      </div>
    </AskDialog>
  );
}
