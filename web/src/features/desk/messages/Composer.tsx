import { Button, Input, type GetRef } from "antd";
import { Globe, Lock } from "lucide-react";
import { useId, useRef, useState, type KeyboardEvent, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Case } from "@/api/types";
import { useMe } from "@/auth/me";
import { useCan } from "@/auth/permissions";
import { KeptWords } from "@/components/form/KeptWords";
import { ProblemNotice } from "@/components/ProblemNotice";
import { useAct } from "@/components/useAct";
import { useDraftText } from "@/lib/useDraftText";
import { addNote, CASE_KEYS, reply } from "../api";

type Kind = "reply" | "note";

/** The firm writes an internal note unless it chooses to reply; the client's people only reply. */
export function Composer({ item }: { item: Case }) {
  const { t } = useTranslation("messages");
  const me = useMe();
  const firm = me?.side === "firm";
  const mayReply = useCan(item, "reply", "message:post");
  const mayNote = useCan(item, "note", "note:add") && firm;
  const [chosen, setChosen] = useState<Kind>("note");
  const kind: Kind = mayNote && (chosen === "note" || !mayReply) ? "note" : "reply";
  const tabs = useId();
  const kept = !mayReply && <KeptWords draft={draftOf(item, "reply")} />;
  if (!mayReply && !mayNote) return kept;
  const turn = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    setChosen(kind === "note" ? "reply" : "note");
    event.currentTarget.querySelector<HTMLElement>("[aria-selected=false]")?.focus();
  };
  return (
    <>
      {kept}
      <div className={`composer ${kind === "note" ? "composer-note" : ""}`}>
        {mayNote && mayReply && (
          <div className="composer-kinds" role="tablist" aria-label={t("kind_label")} onKeyDown={turn}>
            {(["note", "reply"] as const).map((value) => {
              const Icon = value === "note" ? Lock : Globe;
              return (
                <button
                  key={value}
                  type="button"
                  role="tab"
                  id={`${tabs}-${value}`}
                  aria-selected={kind === value}
                  aria-controls={`${tabs}-panel`}
                  tabIndex={kind === value ? 0 : -1}
                  onClick={() => {
                    setChosen(value);
                  }}
                >
                  <Icon size={14} aria-hidden="true" />
                  {t(value)}
                </button>
              );
            })}
          </div>
        )}
        <div
          role={mayNote && mayReply ? "tabpanel" : undefined}
          id={`${tabs}-panel`}
          aria-labelledby={mayNote && mayReply ? `${tabs}-${kind}` : undefined}
        >
          <Writing key={kind} item={item} kind={kind} firm={firm} />
        </div>
      </div>
    </>
  );
}

const draftOf = (item: Case, kind: Kind) => `case.${item.id}.${kind}`;

function Writing({ item, kind, firm }: { item: Case; kind: Kind; firm: boolean }) {
  const { t } = useTranslation("messages");
  const draft = draftOf(item, kind);
  const [text, change] = useDraftText(draft);
  const field = useRef<GetRef<typeof Input.TextArea>>(null);
  const byKey = useRef(false);
  const [problem, setProblem] = useState<unknown>(null);
  const send = useAct<unknown>(() => (kind === "note" ? addNote(item.id, text.trim()) : reply(item.id, text.trim())), {
    touches: CASE_KEYS,
    onDone: () => {
      change("");
      setProblem(null);
      if (byKey.current) field.current?.focus();
    },
    onProblem: (error) => { setProblem(error); return true; },
  });

  const label = t(kind === "note" ? "write_note" : firm ? "write_reply" : "write_message");
  const who =
    kind === "note"
      ? t("who_note")
      : firm
        ? t("who_reply", { name: item.requester?.name ?? item.client?.name ?? "" })
        : t("who_firm");
  const Icon = kind === "note" ? Lock : Globe;
  const ready = text.trim().length > 0;
  // The button rests once all is sent, and whoever pressed it from the keyboard would stand nowhere.
  const press = (event: MouseEvent<HTMLElement>) => { byKey.current = event.detail === 0; send.mutate(); };
  return (
    <div className="composer-body">
      <Input.TextArea
        ref={field}
        variant="borderless"
        aria-label={label}
        placeholder={label}
        value={text}
        autoSize={{ minRows: 3, maxRows: 14 }}
        maxLength={20_000}
        onChange={(event) => {
          change(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && ready) send.mutate();
        }}
      />
      {problem !== null && <ProblemNotice error={problem} compact />}
      <div className="composer-foot">
        <span className="composer-who">
          <Icon size={14} aria-hidden="true" />
          {who}
        </span>
        <Button
          type={kind === "note" ? "default" : "primary"}
          disabled={!ready}
          loading={send.isPending}
          onClick={press}
        >
          {t(kind === "note" ? "add_note" : "send")}
        </Button>
      </div>
    </div>
  );
}
