import { Button, Form, type FormInstance } from "antd";
import { History } from "lucide-react";
import { useCallback, useEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { markRequired } from "./markRequired";
import { placeProblem } from "./placeProblem";
import type { Problem } from "@/api/problem";
import { changesSince } from "@/lib/differences";
import { dropDraft, readDraft, saveDraft } from "@/lib/drafts";
import { asProblem, ProblemNotice } from "../ProblemNotice";
import { When } from "../When";
import { StaleEdit, type Theirs } from "./StaleEdit";
import { LeaveGuard } from "./LeaveGuard";

type Values = Record<string, unknown>;

interface Props<V extends object> {
  /** Names the draft: one per record and purpose, "client.new" or "case.<id>.reply". */
  draft: string;
  initial: V;
  submit: (values: V) => Promise<void>;
  submitLabel: string;
  /** Words for the fields, used when two versions are compared. */
  labels?: Partial<Record<keyof V & string, string>>;
  /** How a value reads when two versions are compared. */
  say?: (field: string, value: unknown) => ReactNode;
  /** Called with their version when a stale edit was compared and shall be sent again. */
  onRebase?: (current: Theirs) => void;
  /** Return true when the problem is shown by the page itself. */
  onProblem?: (problem: Problem, values: V) => boolean;
  cancel?: ReactNode;
  children: (form: FormInstance<V>) => ReactNode;
  secondary?: (form: FormInstance<V>) => ReactNode;
}

const REST = 400;

/** A form whose words survive a closed tab, and which never loses them by accident. */
export function DraftForm<V extends object>(props: Props<V>) {
  const { draft, initial, children } = props;
  const { t } = useTranslation("forms");
  const [form] = Form.useForm<V>();
  const [restored, setRestored] = useState(() => readDraft<V>(draft));
  const [dirty, setDirty] = useState(restored !== null);
  const base = useRef(initial);
  const timer = useRef<number>(undefined);
  const rest = useCallback(() => { window.clearTimeout(timer.current); timer.current = undefined; }, []);
  const { busy, problem, stale, finish, setStale } = useSubmission(props, form, base, () => {
    setDirty(false);
    setRestored(null);
  });

  // A form that goes while one types keeps what was typed last, too.
  useEffect(() => () => {
    if (timer.current === undefined) return;
    window.clearTimeout(timer.current);
    keep(draft, typed(form, base.current));
  }, [draft, form]);
  const changed = useCallback(() => {
    setDirty(Object.keys(typed(form, base.current)).length > 0);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => { rest(); keep(draft, typed(form, base.current)); }, REST);
  }, [draft, form, rest]);
  const discard = useCallback(() => {
    rest();
    dropDraft(draft);
    // Not resetFields: what was restored counts as initial there.
    const emptied = Object.fromEntries(
      Object.keys(form.getFieldsValue(true) as Values).map((name) => [name, undefined]),
    );
    form.setFieldsValue({ ...emptied, ...base.current } as Parameters<typeof form.setFieldsValue>[0]);
    setRestored(null);
    setDirty(false);
  }, [draft, form, rest]);

  return (
    <Form<V>
      form={form}
      layout="vertical"
      requiredMark={markRequired}
      disabled={busy}
      scrollToFirstError={{ focus: true }}
      initialValues={{ ...initial, ...restored?.values }}
      onValuesChange={changed}
      onFinish={(values) => { rest(); void finish({ ...values }); }}
    >
      {restored && (
        <p className="draft-note" role="status">
          <History size={14} aria-hidden="true" /><span>{t("draft_restored")} <When at={restored.saved_at} /></span>
          <Button size="small" type="link" onClick={discard}>{t("draft_discard")}</Button>
        </p>
      )}
      {children(form)}
      {problem && <ProblemNotice error={problem} />}
      <div className="form-acts">
        <Button type="primary" htmlType="submit" loading={busy}>{props.submitLabel}</Button>
        {props.secondary?.(form)}
        {props.cancel}
      </div>
      <LeaveGuard
        when={dirty && !busy}
        onDiscard={discard}
        onKeep={() => {
          keep(draft, typed(form, base.current));
        }}
      />
      {stale && (
        <StaleEdit
          base={base.current as Values}
          mine={form.getFieldsValue(true) as Values}
          theirs={stale}
          labels={props.labels ?? {}}
          say={props.say}
          onCancel={() => {
            setStale(null);
          }}
          onChoose={(values) => {
            form.setFieldsValue(values as Parameters<typeof form.setFieldsValue>[0]);
            base.current = { ...base.current, ...(stale as Partial<V>) };
            props.onRebase?.(stale);
            setStale(null);
            changed();
          }}
        />
      )}
    </Form>
  );
}

/** Only what was typed: fields nobody touched take what others write meanwhile. */
function typed<V extends object>(form: FormInstance<V>, base: V): Partial<V> {
  return changesSince(base, { ...base, ...(form.getFieldsValue(true) as V) });
}

function keep(draft: string, values: object): void {
  if (Object.keys(values).length > 0) saveDraft(draft, values);
  else dropDraft(draft);
}

function useSubmission<V extends object>(
  props: Props<V>,
  form: FormInstance<V>,
  base: RefObject<V>,
  onSent: () => void,
) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [stale, setStale] = useState<Theirs | null>(null);
  const latest = useRef(props);
  latest.current = props;

  const show = (error: unknown, values: V) => {
    const found = asProblem(error);
    if (latest.current.onProblem?.(found, values)) return;
    const theirs = found.document["current"];
    if (found.status === 412 && theirs && typeof theirs === "object") { setStale(theirs as Theirs); return; }
    setProblem(placeProblem(form, found));
  };
  const finish = async (values: V) => {
    setBusy(true);
    setProblem(null);
    keep(latest.current.draft, typed(form, base.current));
    try {
      await latest.current.submit(values);
      dropDraft(latest.current.draft);
      onSent();
    } catch (error) {
      flushSync(() => { setBusy(false); }); // a field that is switched off does not take the focus
      show(error, values);
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, stale, setStale, finish };
}
