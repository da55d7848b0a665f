import { Form, Input } from "antd";
import { useTranslation } from "react-i18next";
import type { Client } from "@/api/types";
import { AskDialog } from "@/components/form/AskDialog";
import { ClientSelect } from "@/components/form/RecordSelect";
import { useAct } from "@/components/useAct";
import { MergePreview } from "./MergePreview";
import { mergeClients, splitClient } from "./merging";

interface Props { client: Client; open: boolean; onClose: () => void }
/** Whose rows are shown may change with a merge: everything that names a client. */
const TOUCHED = ["clients", "contacts", "interactions", "opportunities", "cases", "engagements"] as const;
// A problem stays in the dialog.
const shown = () => true;

/** Which client becomes part of this one, and what that would do. */
export function MergeDialog({ client, open, onClose }: Props) {
  const { t } = useTranslation(["clients", "forms"]);
  const act = useAct(
    (id: string) => mergeClients(client, id),
    { touches: TOUCHED, done: t("merged_now"), onProblem: shown },
  );
  return (
    <AskDialog<{ source_id: string }>
      open={open}
      danger
      title={t("merge_title", { name: client.short_name ?? client.legal_name })}
      okText={t("merge_ok")}
      submit={({ source_id }) => act.mutateAsync(source_id)}
      onClose={onClose}
    >
      <p className="soft lead">{t("merge_text")}</p>
      <Form.Item
        name="source_id"
        label={t("merge_source")}
        rules={[{ required: true, message: t("forms:required") }]}
      >
        <ClientSelect />
      </Form.Item>
      <Form.Item<{ source_id?: string }> noStyle dependencies={["source_id"]}>
        {({ getFieldValue }) => {
          const sourceId = getFieldValue("source_id") as string | undefined;
          return sourceId ? <MergePreview client={client} sourceId={sourceId} /> : null;
        }}
      </Form.Item>
    </AskDialog>
  );
}

/** The last client that became part of this one is to be itself again. */
export function SplitDialog({ client, open, onClose }: Props) {
  const { t } = useTranslation(["clients", "forms"]);
  const last = client.merged_clients?.[0];
  const act = useAct(
    (reason: string) => splitClient(client, last?.id ?? "", reason),
    { touches: TOUCHED, done: t("split_now"), onProblem: shown },
  );
  return (
    <AskDialog<{ reason: string }>
      open={open}
      danger
      title={t("split_title", { name: last?.legal_name ?? "" })}
      okText={t("split_ok")}
      submit={({ reason }) => act.mutateAsync(reason)}
      onClose={onClose}
    >
      <p className="soft lead">{t("split_text", { name: last?.legal_name ?? "" })}</p>
      <Form.Item
        name="reason"
        label={t("reason")}
        extra={t("reason_help")}
        rules={[{ required: true, message: t("forms:required") }]}
      >
        <Input maxLength={200} />
      </Form.Item>
    </AskDialog>
  );
}
