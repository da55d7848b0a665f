import { Button, Form, Radio } from "antd";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { Section } from "@/components/Page";
import { useAct } from "@/components/useAct";
import { applyImport, type ApplyChoice, hasColumn, KEYS } from "./api";
import { Figures } from "./Figures";
import { foretell, worthSaying } from "./forecast";

const MODES = ["create", "upsert", "update_only"] as const;
const SIMILAR = ["skip", "create"] as const;

/** How the checked rows go in: what is new, what is known already, what is only similar. */
export function ApplyImport({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const [form] = Form.useForm<ApplyChoice>();
  const apply = useAct((choice: ApplyChoice) => applyImport(job.id, choice), { touches: ["imports"] });
  // Without a name nothing can be added, and only a key that has a column finds anything.
  const named = hasColumn(job, "legal_name");
  const modes = named ? MODES : (["update_only"] as const);
  const keys = named ? KEYS : KEYS.filter((key) => hasColumn(job, key));
  const options = <K extends string>(group: string, names: readonly K[]) =>
    names.map((value) => ({ value, label: t(`${group}.${value}` as never) }));
  const first: ApplyChoice = { mode: modes[0], key: keys[0] ?? "credit_code", similar: "skip" };
  const choice = (Form.useWatch([], form) as ApplyChoice | undefined) ?? first;
  const byName = choice.key === "legal_name";
  const will = foretell(job, choice);
  return (
    <Section title={t("apply_title")}>
      <Form<ApplyChoice>
        form={form}
        layout="vertical"
        initialValues={first}
        onFinish={(choice) => {
          apply.mutate(choice);
        }}
      >
        <div className="form-grid">
          <Form.Item name="mode" label={t("mode_label")} className="span">
            <Radio.Group options={options("mode", modes)} />
          </Form.Item>
          <Form.Item name="key" label={t("key_label")} extra={t(byName ? "key_help_name" : "key_help")}>
            <Radio.Group options={options("key", keys)} />
          </Form.Item>
          <Form.Item name="similar" label={t("similar_label")} extra={t("similar_help")}>
            <Radio.Group options={options("similar", SIMILAR)} />
          </Form.Item>
        </div>
        <Figures
          live
          figures={worthSaying(choice.mode, will).map((key) => ({ key, value: will[key], label: t(`will.${key}`) }))}
        />
        <div className="form-acts">
          <Button type="primary" htmlType="submit" loading={apply.isPending} disabled={will.ready === 0}>
            {t(`apply_${choice.mode}`, { count: will.ready, created: will.created, updated: will.updated })}
          </Button>
          <span className="soft">{t("apply_help")}</span>
        </div>
      </Form>
    </Section>
  );
}
