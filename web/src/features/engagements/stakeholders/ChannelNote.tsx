import { Button, Form, Input, Segmented } from "antd";
import { ArrowRight, Waypoints } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { sayText } from "@/lib/said";
import { useTouch } from "@/lib/useTouch";
import { recordBypass, useChannel, type Occasion, type Reached } from "./api";

interface Props {
  engagement: Pick<Engagement, "id" | "title">;
  who: Reached;
  name: string;
  /** To look only, without the way past it. */
  quiet?: boolean;
  /** Says which engagement's rule it is, where that is not clear. */
  named?: boolean;
}

/** The way to a person now, by the channel rules; going past it is possible, noted and reasoned. */
export function ChannelNote({ engagement, who, name, quiet = false, named = false }: Props) {
  const { t, i18n } = useTranslation(["stakeholders", "engagements"]);
  const [occasion, setOccasion] = useState<Occasion>("routine");
  const [bypassing, setBypassing] = useState(false);
  const may = usePermission("bypass:record");
  const channel = useChannel(engagement.id, who, occasion);
  if (!channel.data) return null;
  const { through, text } = channel.data;
  return (
    <section className={`banner channel ${through ? "banner-warn" : "banner-good"}`} aria-label={t("channel")}>
      <p className="channel-way">
        <Waypoints size={16} aria-hidden="true" />
        {t("us")}
        <ArrowRight size={14} aria-hidden="true" />
        {through && (
          <>
            <strong>{through.name}</strong>
            <span className="soft">{t(`engagements:role.${through.role}`)}</span>
            <ArrowRight size={14} aria-hidden="true" />
          </>
        )}
        <strong>{name}</strong>
      </p>
      <p className="soft">
        {sayText(text as { en: string; zh: string }, i18n.language)}
        {named && ` · ${engagement.title}`}
      </p>
      <div className="banner-acts">
        <Segmented<Occasion>
          size="small"
          aria-label={t("occasion")}
          value={occasion}
          onChange={setOccasion}
          options={[
            { value: "routine", label: t("routine") },
            { value: "key_node", label: t("key_node") },
          ]}
        />
        {through && may && !quiet && (
          <Button
            size="small"
            onClick={() => {
              setBypassing(true);
            }}
          >
            {t("bypass")}
          </Button>
        )}
      </div>
      {bypassing && (
        <BypassDialog
          engagement={engagement}
          who={who}
          name={name}
          occasion={occasion}
          onClose={() => {
            setBypassing(false);
          }}
        />
      )}
    </section>
  );
}

function BypassDialog({
  engagement,
  who,
  name,
  occasion,
  onClose,
}: Omit<Props, "quiet" | "named"> & { occasion: Occasion; onClose: () => void }) {
  const { t } = useTranslation(["stakeholders", "forms"]);
  const touch = useTouch();
  const submit = async ({ reason }: { reason: string }) => {
    await recordBypass(engagement.id, {
      user_id: who.user_id,
      contact_id: who.user_id ? null : who.contact_id,
      name,
      occasion,
      reason,
    });
    await touch(["engagements", "stakeholders"]);
  };
  return (
    <AskDialog<{ reason: string }>
      open
      title={t("bypass_title", { name })}
      okText={t("bypass")}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t("bypass_why")}
        rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={8000} autoFocus />
      </Form.Item>
    </AskDialog>
  );
}
