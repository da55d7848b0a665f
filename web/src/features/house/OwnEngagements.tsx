import { Handshake } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Engagement } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { Page } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { useEngagements } from "@/features/engagements/api";
import { EngagementMark } from "@/features/engagements/marks";

/** The engagements a client's person is on: few, so each says what it is and who leads it. */
export function OwnEngagements() {
  const { t } = useTranslation("engagements");
  const found = useEngagements({ sort: "-updated_at" });
  return (
    <Page title={t("own_title")}>
      {found.isPending ? (
        <RowSkeletons rows={3} />
      ) : found.isError ? (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.length === 0 ? (
        <EmptyState icon={Handshake} title={t("own_empty_title")}>
          {t("own_empty_text")}
        </EmptyState>
      ) : (
        <ul className="week-lines">
          {found.data.map((item) => (
            <li key={item.id}>
              <Line item={item} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Line({ item }: { item: Engagement }) {
  const { t } = useTranslation("engagements");
  return (
    <Link className="week-line" to={`/engagements/${item.id}`}>
      <strong className="cell-main">{item.title}</strong>
      <EngagementMark status={item.status} />
      <span className="meta">
        <span className="num">{item.number}</span>
        {item.my_roles.map((role) => (
          <span key={role}>{t("you_are", { role: t(`role.${role}`) })}</span>
        ))}
        {item.consulting_pm && (
          <span>
            {t("role.consulting_pm")}: {item.consulting_pm.name}
          </span>
        )}
      </span>
    </Link>
  );
}
