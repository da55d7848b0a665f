import { Button, Form, Select } from "antd";
import { Tag, UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queryString } from "@/api/client";
import type { Client } from "@/api/types";
import type { Selection } from "@/components/list/types";
import { AskDialog } from "@/components/form/AskDialog";
import { ColleagueSelect } from "@/components/form/RecordSelect";
import { useJob } from "@/components/useJob";
import { changeMany, type BulkChange } from "./api";

const TOUCHES = ["clients"] as const;

export function ClientBulk({ selection }: { selection: Selection<Client> }) {
  const { t } = useTranslation(["clients", "forms"]);
  const follow = useJob(TOUCHES, ({ result }) => {
    const of = (what: string) => Number(result?.[what] ?? 0);
    return [
      t("bulk_done", { count: of("changed") }),
      of("unchanged") > 0 && t("bulk_unchanged", { count: of("unchanged") }),
      of("not_found") > 0 && t("bulk_missing", { count: of("not_found") }),
    ].filter(Boolean).join(" · ");
  });
  const [asking, setAsking] = useState<"owner" | "tags" | null>(null);
  const run = async (change: BulkChange) => {
    const job = await changeMany(
      selection.all ? { filter: queryString(selection.filter).slice(1) } : { ids: selection.rows.map((row) => row.id) },
      change,
    );
    follow(job);
    selection.clear();
  };
  const close = () => { setAsking(null); };
  const needed = [{ required: true, message: t("forms:required") }];
  return (
    <>
      <Button
        size="small"
        icon={<UserRound size={14} />}
        onClick={() => {
          setAsking("owner");
        }}
      >
        {t("assign")}
      </Button>
      <Button
        size="small"
        icon={<Tag size={14} />}
        onClick={() => {
          setAsking("tags");
        }}
      >
        {t("tag")}
      </Button>
      <AskDialog<{ owner_id: string }>
        open={asking === "owner"}
        title={t("assign_title")}
        okText={t("apply")}
        onClose={close}
        submit={run}
      >
        <Form.Item name="owner_id" label={t("owner")} rules={needed}>
          <ColleagueSelect />
        </Form.Item>
      </AskDialog>
      <AskDialog<{ add_tags: string[] }>
        open={asking === "tags"}
        title={t("tag_title")}
        okText={t("apply")}
        onClose={close}
        submit={run}
      >
        <Form.Item name="add_tags" label={t("tags")} extra={t("tags_help")} rules={needed}>
          <Select mode="tags" open={false} suffixIcon={null} />
        </Form.Item>
      </AskDialog>
    </>
  );
}
