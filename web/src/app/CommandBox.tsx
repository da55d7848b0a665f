import { Modal } from "antd";
import { Search } from "lucide-react";
import {
  useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject,
} from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Me } from "@/api/types";
import { useCommands, useHits, type Command } from "./commands";

interface Props { me: Me; open: boolean; onOpen: () => void; onClose: () => void }

/** One box: go anywhere, do anything, find any record. Ctrl-K or Cmd-K from everywhere. */
export function CommandBox({ me, open, onOpen, onClose }: Props) {
  const { t } = useTranslation("shell");
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const listen = (event: globalThis.KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        if (open) onClose(); else onOpen();
      } else if (open) {
        takeIn(event, input.current, setText);
      }
    };
    document.addEventListener("keydown", listen, true);
    return () => { document.removeEventListener("keydown", listen, true); };
  }, [open, onOpen, onClose]);
  useEffect(() => { if (!open) setText(""); }, [open]);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      title={<span className="sr-only">{t("command_label")}</span>}
      width={640}
      destroyOnHidden
      className="command"
      style={{ top: 80 }}
    >
      <CommandList me={me} text={text} onText={setText} input={input} onClose={onClose} />
    </Modal>
  );
}

/** What is typed before the box has the focus begins the search, and moves nothing behind it. */
function takeIn(
  event: globalThis.KeyboardEvent, input: HTMLInputElement | null, add: (change: (now: string) => string) => void,
) {
  if (document.activeElement === input && input) return;
  const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!typed && event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
  input?.focus();
  if (typed) add((now) => now + event.key);
}

interface ListProps {
  me: Me; text: string; onText: (text: string) => void; input: RefObject<HTMLInputElement | null>; onClose: () => void;
}

function CommandList({ me, text, onText, input, onClose }: ListProps) {
  const { t } = useTranslation("shell");
  const [active, setActive] = useState(0);
  const navigate = useNavigate();
  const commands = useCommands(me, text);
  const hits = useHits(text);
  const all: Command[] = useMemo(() => [...commands, ...hits.found], [commands, hits.found]);
  const listId = useId();

  useEffect(() => {
    setActive(0);
  }, [text]);
  useLayoutEffect(() => { input.current?.focus(); }, [input]);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    if (command.to) void navigate(command.to); else command.act?.();
  };
  const keys = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const by = moves[event.key];
    if (by) { event.preventDefault(); setActive((now) => Math.min(Math.max(now + by, 0), all.length - 1)); }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) { event.preventDefault(); run(all[active]); }
  };
  const groups = [...new Set(all.map((command) => command.group))];
  return (
    <div onKeyDown={keys}>
      <div className="command-input">
        <Search size={16} aria-hidden="true" />
        <input
          ref={input}
          value={text}
          placeholder={t("command_hint")}
          aria-label={t("command_label")}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={all[active] ? `${listId}-${active}` : undefined}
          autoComplete="off"
          onChange={(event) => {
            onText(event.target.value);
          }}
        />
      </div>
      <div className="command-list" role="listbox" id={listId} aria-label={t("command_results")}>
        {groups.map((group) => (
          <div key={group} role="group" aria-label={group}>
            <div className="command-group" aria-hidden="true">
              {group}
            </div>
            {all.map(
              (command, index) =>
                command.group === group && (
                  <CommandRow
                    key={command.key}
                    id={`${listId}-${index}`}
                    command={command}
                    active={index === active}
                    onHover={() => {
                      setActive(index);
                    }}
                    onRun={() => {
                      run(command);
                    }}
                  />
                ),
            )}
          </div>
        ))}
      </div>
      {all.length === 0 && (
        <p className="command-none" role="status">
          {hits.searching ? t("command_searching") : t("command_none", { text })}
        </p>
      )}
    </div>
  );
}

function CommandRow({
  command,
  id,
  active,
  onHover,
  onRun,
}: {
  command: Command;
  id: string;
  active: boolean;
  onHover: () => void;
  onRun: () => void;
}) {
  const Icon = command.icon;
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => { if (active) row.current?.scrollIntoView({ block: "nearest" }); }, [active]);
  return (
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={active}
      className={`command-row ${active ? "command-on" : ""}`}
      onMouseMove={onHover}
      onClick={onRun}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
      <span className="command-text">{command.label}</span>
      {command.detail && <span className="command-detail">{command.detail}</span>}
    </div>
  );
}
