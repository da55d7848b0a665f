import { Archive } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Facts, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { CaseClock } from "@/components/PromiseClock";
import { RowSkeletons } from "@/components/Skeletons";
import { Mark, StageMark } from "@/components/marks";
import { When } from "@/components/When";
import { subjectOf } from "@/lib/said";
import { PersonLine } from "../contacts/PersonLine";
import { Timeline } from "./Timeline";
import { useClientPage } from "./api";
import { ownerOf, regionOf } from "./useClientList";

const FEW = 8;

/** What a list row shows without leaving the list. */
export function ClientPanel({ id }: { id: string }) {
  const { t, i18n } = useTranslation("clients");
  const page = useClientPage(id);
  if (page.isPending) return <RowSkeletons rows={6} />;
  if (page.isError) return <ProblemNotice error={page.error} onRetry={() => void page.refetch()} compact />;
  const { client, contacts, timeline, cases } = page.data;
  return (
    <>
      {client.archived_at && <p><Mark icon={Archive} tone="warn">{t("archived")}</Mark></p>}
      <Facts items={[
        [t("stage_label"), <StageMark key="s" stage={client.stage} />],
        [t("owner"), ownerOf(client) ?? t("no_owner")],
        [t("industry"), client.industry ?? "–"],
        [t("region"), regionOf(client) || "–"],
        [t("last_contact"), <When key="w" at={client.last_contact_at} />],
      ]} />
      {cases.length > 0 && (
        <Section title={t("cases")} count={cases.length}>
          <ul className="lines">
            {cases.map((item) => (
              <li key={item.id}>
                <Link to={`/cases/${item.id}`}>{subjectOf(item, i18n.language)}</Link>
                <CaseClock item={item} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t("contacts")} count={contacts.length}>
        {contacts.length ? (
          <ul className="lines">
            {contacts.slice(0, FEW).map((person) => (
              <li key={person.id}>
                <PersonLine person={person} />
              </li>
            ))}
          </ul>
        ) : (
          <p className="empty-small">{t("people_empty")}</p>
        )}
      </Section>
      <Section title={t("timeline")}><Timeline entries={timeline.slice(0, FEW)} /></Section>
    </>
  );
}
