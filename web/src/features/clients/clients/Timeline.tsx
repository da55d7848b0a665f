import { Building2, Circle, FileUp, Inbox, MessageSquare, Phone, UserRound, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TimelineEntry } from "@/api/types";
import { sayText } from "@/lib/said";
import { When } from "@/components/When";

const ICONS: readonly (readonly [RegExp, LucideIcon])[] = [
  [/^(case|request|complaint|promise|solution|follow|resolved|reopened)/, Inbox], [/^(message|reply|note)/, MessageSquare],
  [/^(interaction|call|visit|meeting)/, Phone], [/^contact/, UserRound], [/^import/, FileUp], [/^client/, Building2],
];
const iconOf = (kind: string) => ICONS.find(([pattern]) => pattern.test(kind))?.[1] ?? Circle;

/** Everything that happened with a client, newest first, from every service. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  const { t, i18n } = useTranslation("clients");
  if (!entries.length) return <p className="empty-small">{t("timeline_empty")}</p>;
  return (
    <ol className="timeline">
      {entries.map((entry) => {
        const Icon = iconOf(entry.kind);
        const words = [entry.title, entry.text].map((said) => sayText(said, i18n.language)).filter(Boolean).join(" · ");
        return (
          <li key={entry.id}>
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
            <div>
              <p>{entry.link ? <Link to={entry.link}>{words}</Link> : words}</p>
              <p className="meta"><When at={entry.at} />{entry.actor_name && <span>{entry.actor_name}</span>}</p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
