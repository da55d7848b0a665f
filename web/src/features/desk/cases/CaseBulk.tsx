import { App, Button, Form } from "antd";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { AskDialog } from "@/components/form/AskDialog";
import { ColleagueSelect } from "@/components/form/RecordSelect";
import type { Selection } from "@/components/list/types";
import { useTouch } from "@/lib/useTouch";
import { actOnCase } from "../api";

/** Dispatches the chosen cases one by one, and says how many went through. */
export function CaseBulk({ selection }: { selection: Selection }) {
  const { t } = useTranslation(["cases", "forms"]);
  const { message } = App.useApp();
  const touch = useTouch();
  const [asking, setAsking] = useState(false);
  const submit = async ({ assignee_id }: { assignee_id: string }) => {
    const answers = await Promise.allSettled(selection.ids.map((id) => actOnCase(id, "assign", { assignee_id })));
    const done = answers.filter((answer) => answer.status === "fulfilled").length;
    await touch(["cases"]);
    const failed = answers.find((answer) => answer.status === "rejected");
    if (done === 0 && failed) throw failed.reason;
    void message[failed ? "warning" : "success"](t("assigned_count", { done, count: answers.length }));
    selection.clear();
  };
  if (selection.all) return <span className="soft">{t("assign_ticked_only")}</span>;
  return (
    <>
      <Button
        size="small"
        icon={<UserRound size={14} />}
        onClick={() => {
          setAsking(true);
        }}
      >
        {t("assign")}
      </Button>
      <AskDialog<{ assignee_id: string }>
        open={asking}
        title={t("assign_title")}
        okText={t("assign")}
        submit={submit}
        onClose={() => {
          setAsking(false);
        }}
      >
        <Form.Item name="assignee_id" label={t("assignee")} rules={[{ required: true, message: t("forms:required") }]}>
          <ColleagueSelect />
        </Form.Item>
      </AskDialog>
    </>
  );
}
