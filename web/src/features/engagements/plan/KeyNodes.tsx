import { Button, Form } from "antd";
import { CheckCircle2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement, KeyNode } from "@/api/types";
import { useZone } from "@/auth/me";
import { DueDay } from "@/components/DueDay";
import { AskDialog } from "@/components/form/AskDialog";
import { DayPicker } from "@/components/form/InstantPicker";
import { Mark } from "@/components/marks";
import { Section } from "@/components/Page";
import { Day } from "@/components/When";
import { sayText } from "@/lib/said";
import { todayIn } from "@/lib/time";
import { useTouch } from "@/lib/useTouch";
import { ENGAGEMENT_KEYS } from "../api";
import { holdNode } from "./api";

/** The moments at which both sides look at the whole. */
export function KeyNodes({ item, nodes }: { item: Engagement; nodes: readonly KeyNode[] }) {
  const { t, i18n } = useTranslation("plan");
  const [holding, setHolding] = useState<KeyNode | null>(null);
  const may = (item.can?.includes("edit") ?? false) && ["active", "closing"].includes(item.status);
  if (nodes.length === 0) return null;
  const next = nodes.find((node) => node.status === "planned");
  return (
    <Section title={t("key_nodes")} count={nodes.length}>
      <ul className="lines">
        {nodes.map((node) => (
          <li key={node.id}>
            <span>{sayText(node.title, i18n.language)}</span>
            {node.status === "held" ? (
              <Mark icon={CheckCircle2} tone="good">
                {t("held")}
              </Mark>
            ) : (
              <DueDay on={node.planned_on} quiet={item.status !== "active"} />
            )}
            <span className="meta body">
              <span>{t(`node_kind.${node.kind}`)}</span>
              {node.held_on && <Day on={node.held_on} />}
              {node.held_on && node.held_on !== node.planned_on && (
                <span>
                  {t("node_planned")} <Day on={node.planned_on} />
                </span>
              )}
              {may && node.id === next?.id && (
                <Button
                  size="small"
                  onClick={() => {
                    setHolding(node);
                  }}
                >
                  {t("mark_held")}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {holding && (
        <HoldDialog
          node={holding}
          onClose={() => {
            setHolding(null);
          }}
        />
      )}
    </Section>
  );
}

/** Asks on which day it was held: often today, and not always the day that was planned. */
function HoldDialog({ node, onClose }: { node: KeyNode; onClose: () => void }) {
  const { t, i18n } = useTranslation(["plan", "forms"]);
  const touch = useTouch();
  const today = todayIn(useZone(), new Date());
  const submit = async ({ on }: { on: string }) => {
    await holdNode(node.id, on);
    await touch(ENGAGEMENT_KEYS);
  };
  return (
    <AskDialog<{ on: string }>
      open
      title={t("hold_title", { name: sayText(node.title, i18n.language) })}
      okText={t("mark_held")}
      initial={{ on: today }}
      submit={submit}
      onClose={onClose}
    >
      <p className="soft ask-text">
        {t("node_planned")} <Day on={node.planned_on} />
      </p>
      <Form.Item name="on" label={t("held_on")} rules={[{ required: true, message: t("forms:required") }]}>
        <DayPicker past />
      </Form.Item>
    </AskDialog>
  );
}
