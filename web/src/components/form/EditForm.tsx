import { App, Button } from "antd";
import { Pencil } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changesSince } from "@/lib/differences";
import { joinNames } from "@/lib/names";
import { sentences } from "@/lib/said";
import { useTouch } from "@/lib/useTouch";
import { DraftForm } from "./DraftForm";
import { useLeave } from "./useLeave";

interface Props<R extends { version: number }, V extends object> {
  draft: string;
  record: R;
  /** Where the record stands: shown after saving and after giving up. */
  home: string;
  valuesOf: (record: R) => V;
  /** What is sent for what was typed, such as null for a blank. */
  cleaned?: (values: V) => V;
  change: (changed: Partial<V>, version: number) => Promise<unknown>;
  /** Names of the queries that the change makes stale. */
  touches: readonly string[];
  saved: string;
  submitLabel: string;
  labels: Partial<Record<keyof V & string, string>>;
  say?: (field: string, value: unknown) => ReactNode;
  children: ReactNode;
}

/**
 * Edits a record: only what changed is sent. The version that the form was opened with stays its
 * base, whatever arrives live meanwhile.
 */
export function EditForm<R extends { version: number }, V extends object>(props: Props<R, V>) {
  const { record, home, valuesOf, cleaned = (values) => values } = props;
  const { t } = useTranslation("forms");
  const { message } = App.useApp();
  const leave = useLeave();
  const touch = useTouch();
  const [base, setBase] = useState(record);
  const [sending, setSending] = useState(false);
  const initial = useRef(valuesOf(record)).current;
  const submit = async (values: V) => {
    const before = cleaned(valuesOf(base));
    const changed = changesSince(before, cleaned({ ...before, ...values }));
    setSending(true);
    try {
      if (Object.keys(changed).length > 0) await props.change(changed, base.version);
    } catch (error) {
      setSending(false);
      throw error;
    }
    void message.success(props.saved);
    await touch(props.touches);
    leave(home);
  };
  // While it is sent, the newer version is one's own.
  const meanwhile = record.version > base.version && !sending;
  return (
    <DraftForm<V>
      draft={props.draft}
      initial={initial}
      submit={submit}
      submitLabel={props.submitLabel}
      labels={props.labels}
      say={props.say}
      onRebase={(current) => {
        setBase({ ...base, ...(current as Partial<R>) });
      }}
      cancel={
        <Link to={home}>
          <Button type="text">{t("cancel")}</Button>
        </Link>
      }
    >
      {() => (
        <>
          {meanwhile && <Meanwhile fields={fieldsChanged(valuesOf(base), valuesOf(record))} labels={props.labels} />}
          {props.children}
        </>
      )}
    </DraftForm>
  );
}

const fieldsChanged = (before: object, now: object) => Object.keys(changesSince(before, now));

/** Says at the form's head that the record was changed by others, and which of its fields. */
function Meanwhile({ fields, labels }: { fields: readonly string[]; labels: Partial<Record<string, string>> }) {
  const { t, i18n } = useTranslation("forms");
  const names = fields.flatMap((field) => labels[field] ?? []);
  const said = [t("changed_meanwhile")];
  if (names.length > 0) said.push(t("changed_fields", { fields: joinNames(names, i18n.language) }));
  return (
    <p className="draft-note" role="status">
      <Pencil size={14} aria-hidden="true" /><span>{sentences(said, i18n.language)}</span>
    </p>
  );
}
