import { FileCheck2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Deliverable } from "@/api/types";
import { DueDay } from "@/components/DueDay";
import { EmptyState } from "@/components/EmptyState";
import { Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { sayText } from "@/lib/said";
import { useShownEngagement } from "../engagement/EngagementFrame";
import { useDeliverables } from "./api";
import { DeliverableMark } from "./DeliverableMark";

const IN_REVIEW = ["commenting", "checking", "deciding"];
const AFTER = ["accepted", "rolling_out", "done"];

/** What the engagement owes: in review first, then what is being written, then what is decided. */
export function DeliverablesPage() {
  const { t } = useTranslation("deliverables");
  const engagement = useShownEngagement();
  const found = useDeliverables(engagement.id);
  if (found.isPending) return <RowSkeletons rows={6} />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data.length === 0)
    return (
      <EmptyState icon={FileCheck2} title={t("empty_title")}>
        {t("empty_text")}
      </EmptyState>
    );
  const byDue = [...found.data].sort((a, b) => (a.due_on ?? "9").localeCompare(b.due_on ?? "9"));
  const groups = [
    ["in_review", byDue.filter((item) => IN_REVIEW.includes(item.status))],
    ["to_write", byDue.filter((item) => item.status === "draft")],
    ["decided", byDue.filter((item) => AFTER.includes(item.status))],
  ] as const;
  return groups.map(
    ([name, items]) =>
      items.length > 0 && (
        <Section key={name} title={t(name)} count={items.length}>
          <ul className="week-lines">
            {items.map((item) => (
              <li key={item.id}>
                <Line item={item} running={["active", "closing"].includes(engagement.status)} />
              </li>
            ))}
          </ul>
        </Section>
      ),
  );
}

function Line({ item, running }: { item: Deliverable; running: boolean }) {
  const { t, i18n } = useTranslation(["deliverables", "engagements"]);
  return (
    <Link className="week-line" to={`/deliverables/${item.id}`}>
      <strong className="cell-main">{sayText(item.title, i18n.language)}</strong>
      {item.due_on ? <DueDay on={item.due_on} quiet={!running} /> : <span />}
      <span className="meta">
        <DeliverableMark status={item.status} />
        {item.version_number > 0 && <span>{t("version", { number: item.version_number })}</span>}
        {item.waits_for && <span>{t("waits_for", { role: t(`engagements:role.${item.waits_for}`) })}</span>}
        {item.domain && <span>{item.domain}</span>}
      </span>
    </Link>
  );
}
