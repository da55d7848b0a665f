import {
  Briefcase,
  Building2,
  Circle,
  FileUp,
  Gauge,
  Handshake,
  Inbox,
  Phone,
  UserRound,
  type LucideIcon,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TimelineEntry } from "@/api/types";
import { When } from "@/components/When";
import { sayText, titleOf } from "@/lib/said";

interface Look { icon: LucideIcon; to?: (id: string) => string }
const LOOKS: Record<string, Look> = {
  case: { icon: Inbox, to: (id) => `/cases/${id}` },
  interaction: { icon: Phone, to: (id) => `/interactions/${id}` },
  contact: { icon: UserRound }, import: { icon: FileUp, to: (id) => `/imports/${id}` }, client: { icon: Building2 },
  opportunity: { icon: Briefcase, to: (id) => `/opportunities/${id}` },
  engagement: { icon: Handshake, to: (id) => `/engagements/${id}` }, survey: { icon: Gauge },
};

/** Everything that happened with a client, newest first, from every service. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t } = useTranslation("clients");
  if (!entries.length) return <p className="empty-small">{t("timeline_empty")}</p>;
  return <ol className="timeline">{entries.map((entry) => <Entry key={entry.id} entry={entry} />)}</ol>;
}

function Entry({ entry }: { entry: TimelineEntry }) {
  const { i18n } = useTranslation("clients");
  const look = LOOKS[entry.source] ?? { icon: Circle };
  const name = [entry.record_number, titleOf(entry, i18n.language)].filter(Boolean).join(" ");
  return (
    <li data-entry={entry.id} tabIndex={-1}>
      <look.icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <div>
        <p>{sayText(entry.sentence, i18n.language)}</p>
        <p className="meta">
          <When at={entry.at} />
          {look.to ? <Link to={look.to(entry.record_id)}>{name}</Link> : <span>{entry.actor_name}</span>}
        </p>
      </div>
    </li>
  );
}
