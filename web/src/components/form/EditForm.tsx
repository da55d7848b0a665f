import { App, Button } from "antd";
import { useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { changesSince } from "@/lib/differences";
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
  const base = useRef(record);
  const initial = useRef(valuesOf(record)).current;
  const submit = async (values: V) => {
    const before = cleaned(valuesOf(base.current));
    const changed = changesSince(before, cleaned({ ...before, ...values }));
    if (Object.keys(changed).length > 0) await props.change(changed, base.current.version);
    void message.success(props.saved);
    await touch(props.touches);
    leave(home);
  };
  return (
    <DraftForm<V>
      draft={props.draft}
      initial={initial}
      submit={submit}
      submitLabel={props.submitLabel}
      labels={props.labels}
      say={props.say}
      onRebase={(current) => {
        base.current = { ...base.current, ...(current as Partial<R>) };
      }}
      cancel={
        <Link to={home}>
          <Button type="text">{t("cancel")}</Button>
        </Link>
      }
    >
      {() => props.children}
    </DraftForm>
  );
}
