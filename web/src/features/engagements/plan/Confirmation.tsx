import { Button } from "antd";
import { CheckCircle2, CircleDashed } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Engagement, EngagementStatus } from "@/api/types";
import { ourName, useMe } from "@/auth/me";
import { Mark } from "@/components/marks";
import { useAct } from "@/components/useAct";
import { When } from "@/components/When";
import { sayText } from "@/lib/said";
import { actOnEngagement, ENGAGEMENT_KEYS } from "../api";

const CONFIRMED_IN: readonly EngagementStatus[] = ["draft", "proposed", "active"];

/** Plan and team take effect when both project managers have said yes to them, and again after a change. */
export function Confirmation({ item }: { item: Engagement }) {
  const { t, i18n } = useTranslation("plan");
  const confirm = useAct(() => actOnEngagement(item.id, "confirm-plan"), {
    touches: ENGAGEMENT_KEYS,
    done: t("confirmed"),
  });
  const sides = [
    [ourName(useMe(), t("consulting_side")), item.plan_confirmed_consulting_at, item.consulting_pm],
    [item.client.name ?? t("client_side"), item.plan_confirmed_client_at, item.client_pm],
  ] as const;
  const agreed = sides.every(([, at]) => at);
  if (agreed || !CONFIRMED_IN.includes(item.status)) return null;
  return (
    <section className={`banner ${item.reopened ? "banner-warn" : ""}`} aria-label={t("confirm_title")}>
      {item.reopened ? (
        <p>
          <strong>{t("confirm_again")}</strong> {sayText(item.reopened.text, i18n.language)}{" "}
          <When at={item.reopened.at} className="soft" />
        </p>
      ) : (
        <p>
          <strong>{t("confirm_title")}</strong> {t("confirm_text")}
        </p>
      )}
      <p className="pair">
        {sides.map(([side, at, person]) => (
          <span key={side} className="pair">
            <Mark
              icon={at ? CheckCircle2 : CircleDashed}
              tone={at ? "good" : "quiet"}
            >{`${side}${person?.name ? ` (${person.name})` : ""}`}</Mark>
            {at ? <When at={at} className="soft" /> : <span className="soft">{t("not_yet")}</span>}
          </span>
        ))}
      </p>
      {item.can?.includes("confirm_plan") && (
        <div className="banner-acts">
          <Button
            type="primary"
            loading={confirm.isPending}
            onClick={() => {
              confirm.mutate();
            }}
          >
            {t("confirm")}
          </Button>
        </div>
      )}
    </section>
  );
}
