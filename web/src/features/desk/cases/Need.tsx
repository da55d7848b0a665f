import { Button, Form, Input } from "antd";
import { CheckCircle2, CircleDashed, Clock3 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { Mark } from "@/components/marks";
import { Section } from "@/components/Page";
import { When } from "@/components/When";
import { useTouch } from "@/lib/useTouch";
import { actOnCase, CASE_KEYS, useSteps } from "../api";

/** The need in the firm's words, confirmed by the client before any solution is offered. */
export function Need({ item }: { item: Case }) {
  const { t } = useTranslation(["cases", "forms"]);
  const touch = useTouch();
  const [asking, setAsking] = useState(false);
  const may = useCan(item, "restate", "case:restate");
  // A correction takes the need from the case; whoever says it anew looks at both.
  const corrected = useSteps(item.id).data?.find((step) => step.kind === "restated")?.params?.["text"];
  const submit = async (values: { text: string }) => {
    await actOnCase(item.id, "restate", values);
    await touch(CASE_KEYS);
  };
  if (!item.restated_need && !may && !asking) return null;
  return (
    <Section
      title={t("need")}
      actions={
        may && (
          <Button
            size="small"
            onClick={() => {
              setAsking(true);
            }}
          >
            {t(item.restated_need ? "restate_again" : "restate")}
          </Button>
        )
      }
    >
      {item.restated_need ? (
        <>
          <p className="pre">{item.restated_need}</p>
          <p style={{ marginTop: 8 }} className="card-marks">
            {item.need_confirmed_at ? (
              <>
                <Mark icon={CheckCircle2} tone="good">
                  {t("need_confirmed")}
                </Mark>
                <When at={item.need_confirmed_at} />
              </>
            ) : item.need_comment ? (
              <>
                <Mark icon={CircleDashed} tone="warn">
                  {t("need_corrected")}
                </Mark>
                <span>{item.need_comment}</span>
              </>
            ) : (
              <Mark icon={Clock3} tone="plain">
                {t("need_waiting")}
              </Mark>
            )}
          </p>
        </>
      ) : item.need_comment ? (
        <>
          {corrected && <p className="pre soft">{corrected}</p>}
          <p className="card-marks">
            <Mark icon={CircleDashed} tone="warn">
              {t("need_corrected")}
            </Mark>
            <span>{item.need_comment}</span>
          </p>
        </>
      ) : (
        <p className="empty-small">{t("need_empty")}</p>
      )}
      <AskDialog<{ text: string }>
        open={asking}
        overtaken={!may}
        title={t("restate_title")}
        okText={t("restate_send")}
        initial={{ text: item.restated_need ?? (item.need_comment ? corrected : undefined) ?? "" }}
        submit={submit}
        onClose={() => {
          setAsking(false);
        }}
      >
        <Form.Item
          name="text"
          label={t("need")}
          extra={t("restate_help")}
          rules={[{ required: true, whitespace: true, message: t("forms:required") }]}
        >
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} maxLength={20_000} />
        </Form.Item>
      </AskDialog>
    </Section>
  );
}
