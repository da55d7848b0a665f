import { Button } from "antd";
import { PhoneCall } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Client } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { Day, When } from "@/components/When";
import { joinNames } from "@/lib/names";
import { useInteractions } from "../clients/api";
import { InteractionMark } from "./KindIcon";

export function InteractionLines({ client }: { client: Client }) {
  const { t, i18n } = useTranslation(["interactions", "clients"]);
  const mayRecord = useCan(client, "add_interaction", "interaction:create");
  const records = useInteractions(client.id);
  return (
    <Section
      title={t("clients:recent")}
      actions={
        mayRecord && (
          <Link to={`/clients/${client.id}/interactions/new`}>
            <Button size="small" icon={<PhoneCall size={14} />}>
              {t("clients:record_contact")}
            </Button>
          </Link>
        )
      }
    >
      {records.isPending ? (
        <RowSkeletons rows={3} />
      ) : records.isError ? (
        <ProblemNotice error={records.error} onRetry={() => void records.refetch()} compact />
      ) : records.data.items.length === 0 ? (
        <p className="empty-small">{t("clients:recent_empty")}</p>
      ) : (
        <ul className="lines">
          {records.data.items.map((record) => (
            <li key={record.id}>
              <span className="card-marks">
                <InteractionMark kind={record.kind} />
                <span>
                  {joinNames(
                    record.contacts.map((c) => c.name),
                    i18n.language,
                  )}
                </span>
              </span>
              <When at={record.occurred_at} className="soft" />
              <p className="body">
                <Link to={`/interactions/${record.id}`} style={{ color: "inherit" }}>
                  {record.summary}
                </Link>
              </p>
              <span className="meta body">
                {record.author && <span>{record.author.name}</span>}
                {record.intent !== null && <span>{t("intent_short", { value: record.intent })}</span>}
                {record.next_step && (
                  <span>
                    {t("next_step")}: {record.next_step} {record.next_step_on && <Day on={record.next_step_on} />}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
