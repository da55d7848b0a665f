import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { CaseLine, Client } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { LongList } from "@/components/LongList";
import { Section } from "@/components/Page";
import { CaseClock } from "@/components/PromiseClock";
import { StatusMark } from "@/components/marks";
import { KeptRate } from "@/features/desk/promises/KeptRate";
import { subjectOf } from "@/lib/said";

const FIRST = 10;

export function CaseLines({ client, cases }: { client: Client; cases: readonly CaseLine[] }) {
  const { t, i18n } = useTranslation("clients");
  const mayOpen = usePermission("case:open") && !client.archived_at;
  return (
    <Section
      title={t("cases")}
      count={cases.length}
      actions={
        mayOpen && (
          <Link to={`/cases/new?client=${client.id}`}>
            <Button size="small">{t("open_case")}</Button>
          </Link>
        )
      }
    >
      <KeptRate whose={{ client_id: client.id }} said="of_client" />
      {cases.length === 0 && <p className="empty-small">{t("cases_empty")}</p>}
      <LongList
        className="lines"
        first={FIRST}
        items={cases}
        render={(item) => (
          <>
            <Link to={`/cases/${item.id}`}>{subjectOf(item, i18n.language)}</Link>
            <CaseClock item={item} />
            <span className="meta body">
              <span className="num">{item.number}</span>
              <StatusMark status={item.status} />
              {item.assignee_name && <span>{item.assignee_name}</span>}
            </span>
          </>
        )}
      />
    </Section>
  );
}
