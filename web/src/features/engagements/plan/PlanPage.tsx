import { useTranslation } from "react-i18next";
import type { Engagement } from "@/api/types";
import { Facts, Section } from "@/components/Page";
import { Day, Nothing } from "@/components/When";
import { useShownEngagement } from "../engagement/EngagementFrame";

/** Where the engagement stands and what comes next. */
export function PlanPage() {
  const item = useShownEngagement();
  return <About item={item} />;
}

function About({ item }: { item: Engagement }) {
  const { t } = useTranslation("engagements");
  return (
    <>
      {item.status_reason && ["on_hold", "cancelled"].includes(item.status) && (
        <section className="banner banner-warn"><p><strong>{t(item.status === "on_hold" ? "on_hold_because" : "cancelled_because")}</strong> {item.status_reason}</p></section>
      )}
      <Section title={t("objectives")}>
        {item.objectives && <p className="pre notes">{item.objectives}</p>}
        <Facts columns={2} items={[
          [t("role.consulting_pm"), item.consulting_pm?.name ?? <Nothing key="f" />],
          [t("role.client_pm"), item.client_pm?.name ?? <Nothing key="c" />],
          [t("starts_on"), <Day key="s" on={item.starts_on} />],
          [t("domains"), item.domains?.length ? item.domains.join(" · ") : <Nothing key="d" />],
        ]} />
      </Section>
    </>
  );
}
