import { Avatar } from "antd";
import { Bell, Lock } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Case, Message, Note } from "@/api/types";
import { useMe } from "@/auth/me";
import { Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { When } from "@/components/When";
import { initials } from "@/lib/names";
import { useMessages, useNotes } from "../api";
import { Composer } from "./Composer";

type Entry = { kind: "message"; at: string; message: Message } | { kind: "note"; at: string; note: Note };

/** What both sides said; for the firm its own notes between, in a form nobody can mistake. */
export function Conversation({ item }: { item: Case }) {
  const { t } = useTranslation("messages");
  const me = useMe();
  const firm = me?.side === "firm";
  const messages = useMessages(item.id);
  const notes = useNotes(item.id, firm);
  const entries = useMemo(() => [
    ...(messages.data ?? []).map((message): Entry => ({ kind: "message", at: message.created_at, message })),
    ...(notes.data ?? []).map((note): Entry => ({ kind: "note", at: note.created_at, note })),
  ].sort((a, b) => a.at.localeCompare(b.at)), [messages.data, notes.data]);
  return (
    <Section title={t("title")} count={messages.data?.length}>
      {messages.isPending ? (
        <RowSkeletons rows={3} />
      ) : messages.isError ? (
        <ProblemNotice error={messages.error} onRetry={() => void messages.refetch()} compact />
      ) : entries.length === 0 ? (
        <p className="empty-small">{t(firm ? "none_firm" : "none_client")}</p>
      ) : (
        <div className="conversation" role="log" aria-label={t("title")}>
          {entries.map((entry) =>
            entry.kind === "note" ? (
              <NoteEntry key={entry.note.id} note={entry.note} />
            ) : (
              <MessageEntry
                key={entry.message.id}
                message={entry.message}
                client={item.client?.name ?? undefined}
                firm={me?.firm?.name}
              />
            ),
          )}
        </div>
      )}
      <Composer item={item} />
    </Section>
  );
}

/** Says which house a person speaks for; the system speaks for none. */
function MessageEntry({ message, client, firm }: { message: Message; client?: string; firm?: string | null }) {
  const { t } = useTranslation("messages");
  const system = message.author_side === "system";
  const name = system ? t("automatic") : message.author?.name ?? message.author_name;
  const house = system ? null : message.author_side === "client" ? client ?? t("side_client") : firm ?? t("side_firm");
  return (
    <article className="talk" aria-label={t("from", { name })}>
      <Avatar size={32} className="avatar" aria-hidden="true">{system ? <Bell size={15} /> : initials(name)}</Avatar>
      <div>
        <p className="talk-head">
          <strong>{name}</strong>
          {house && <span>{house}</span>}
          <When at={message.created_at} />
        </p>
        <p className="talk-text" data-record="">
          {message.body}
        </p>
      </div>
    </article>
  );
}

function NoteEntry({ note }: { note: Note }) {
  const { t } = useTranslation("messages");
  return (
    <article className="note" aria-label={t("note_from", { name: note.author.name })}>
      <p className="talk-head">
        <Lock size={13} aria-hidden="true" />
        <strong>{t("note")}</strong>
        <span>{note.author.name}</span>
        <When at={note.created_at} />
      </p>
      <p className="talk-text" data-record="">
        {note.body}
      </p>
    </article>
  );
}
