import { App, Button, Form } from "antd";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { ColleagueSelect } from "@/components/form/RecordSelect";
import type { Selection } from "@/components/list/types";
import { useProblemWords } from "@/components/ProblemNotice";
import { useTouch } from "@/lib/useTouch";
import { actOnCase, seenWith } from "../api";

/** Dispatches the chosen cases one by one, and says how many went through. */
export function CaseBulk({ selection }: { selection: Selection<Case> }) {
  const { t } = useTranslation(["cases", "forms"]);
  const { message } = App.useApp();
  const touch = useTouch();
  const words = useProblemWords();
  const [asking, setAsking] = useState(false);
  const submit = async ({ assignee_id }: { assignee_id: string }) => {
    const answers = await Promise.allSettled(
      selection.rows.map((row) => actOnCase(row.id, "assign", { assignee_id, ...seenWith(row) })),
    );
    const done = answers.filter((answer) => answer.status === "fulfilled").length;
    await touch(["cases"]);
    const failed = answers.find((answer) => answer.status === "rejected");
    if (done === 0 && failed) throw failed.reason;
    const count = t("assigned_count", { done, count: answers.length });
    if (failed) void message.warning(`${count}: ${words(failed.reason).what}`);
    else void message.success(count);
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
