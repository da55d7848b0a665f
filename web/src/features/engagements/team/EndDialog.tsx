import { Form } from "antd";
import { useTranslation } from "react-i18next";
import type { TeamPerson } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { DayPicker } from "@/components/form/InstantPicker";
import { useTouch } from "@/lib/useTouch";
import { endMember, ENGAGEMENT_KEYS } from "../api";

/** Ends a place today, or plans its last day; says what goes with it. */
export function EndDialog({ person, onClose }: { person: Pick<TeamPerson, "id" | "name">; onClose: () => void }) {
  const { t } = useTranslation("team");
  const touch = useTouch();
  const submit = async ({ ends_on = null }: { ends_on?: string | null }) => {
    await endMember(person.id, ends_on);
    await touch(ENGAGEMENT_KEYS);
  };
  return (
    <AskDialog<{ ends_on?: string | null }>
      open
      danger
      title={t("end_title", { name: person.name })}
      okText={t("end")}
      submit={submit}
      onClose={onClose}
    >
      <p className="soft ask-text">{t("end_text")}</p>
      <Form.Item name="ends_on" label={t("last_day")} extra={t("last_day_help")}>
        <DayPicker />
      </Form.Item>
    </AskDialog>
  );
}
