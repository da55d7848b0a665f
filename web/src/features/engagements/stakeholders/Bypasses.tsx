import { useTranslation } from "react-i18next";
import type { Engagement, Stakeholder } from "@/api/types";
import { Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { When } from "@/components/When";
import { useBypasses } from "./api";

/** When somebody went past the channel to this person, and why; nothing where nobody did. */
export function Bypasses({ engagement, item }: { engagement: Engagement; item: Stakeholder }) {
  const { t } = useTranslation("stakeholders");
  const bypasses = useBypasses(engagement.id);
  if (bypasses.isError) {
    return <ProblemNotice error={bypasses.error} onRetry={() => void bypasses.refetch()} compact />;
  }
  const theirs = (bypasses.data ?? []).filter((each) =>
    item.user_id ? each.user_id === item.user_id : each.contact_id === item.contact_id,
  );
  if (theirs.length === 0) return null;
  return (
    <Section title={t("bypassed")} count={theirs.length}>
      <ul className="lines">
        {theirs.map((each) => (
          <li key={each.id}>
            <span className="pre">{each.reason}</span>
            <span className="meta body">
              <span>{each.by.name}</span>
              <span>{t(each.occasion)}</span>
              <When at={each.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
