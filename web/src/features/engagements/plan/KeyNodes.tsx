import { Button } from "antd";
import { CheckCircle2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Engagement, KeyNode } from "@/api/types";
import { DueDay } from "@/components/DueDay";
import { Mark } from "@/components/marks";
import { Section } from "@/components/Page";
import { useAct } from "@/components/useAct";
import { Day } from "@/components/When";
import { sayText } from "@/lib/said";
import { ENGAGEMENT_KEYS } from "../api";
import { holdNode } from "./api";

/** The moments at which both sides look at the whole. */
export function KeyNodes({ item, nodes }: { item: Engagement; nodes: readonly KeyNode[] }) {
  const { t, i18n } = useTranslation("plan");
  const hold = useAct((id: string) => holdNode(id), { touches: ENGAGEMENT_KEYS, done: t("node_held") });
  const may = (item.can?.includes("staff") ?? false) && ["active", "closing"].includes(item.status);
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
              <Day on={node.held_on ?? node.planned_on} />
              {may && node.id === next?.id && (
                <Button
                  size="small"
                  loading={hold.isPending}
                  onClick={() => {
                    hold.mutate(node.id);
                  }}
                >
                  {t("mark_held")}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
