import { Button, Form, Input, Select } from "antd";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Case, PromiseKind, PromiseRecord } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { InstantPicker } from "@/components/form/InstantPicker";
import { PromiseMark } from "@/components/marks";
import { Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { PromiseClock, StoppedClock } from "@/components/PromiseClock";
import { RowSkeletons } from "@/components/Skeletons";
import { When } from "@/components/When";
import { promisedNext } from "@/lib/promise";
import { useTouch } from "@/lib/useTouch";
import {
  CASE_KEYS,
  isOver,
  keepPromise,
  makePromise,
  renegotiate,
  useMessages,
  usePromises,
  type PromiseBody,
} from "../api";

const PROMISE_KINDS: readonly PromiseKind[] = ["first_response", "update", "solution", "resolution", "callback"];
type Asking = { kind: "make" } | { kind: "move" | "keep"; promise: PromiseRecord };

/** What was promised for when, what became of it, and the next promise to make. */
export function Promises({ item }: { item: Case }) {
  const { t } = useTranslation("promises");
  const promises = usePromises(item.id);
  const may = useCan(item, "promise", "promise:make");
  const [asking, setAsking] = useState<Asking | null>(null);
  // A moved promise is told by the one that replaced it.
  const shown = promises.data?.filter((promise) => promise.status !== "superseded") ?? [];
  return (
    <Section
      title={t("title")}
      actions={
        may && (
          <Button
            size="small"
            icon={<Plus size={14} />}
            onClick={() => {
              setAsking({ kind: "make" });
            }}
          >
            {t("make")}
          </Button>
        )
      }
    >
      {promises.isPending ? (
        <RowSkeletons rows={2} />
      ) : promises.isError ? (
        <ProblemNotice error={promises.error} onRetry={() => void promises.refetch()} compact />
      ) : shown.length === 0 ? (
        <p className="empty-small">{t(isOver(item) ? "none_over" : "none")}</p>
      ) : (
        <ul>
          {shown.map((promise) => (
            <PromiseLine key={promise.id} promise={promise} all={promises.data} onAsk={setAsking} />
          ))}
        </ul>
      )}
      {asking && (
        <PromiseDialog
          item={item}
          asking={asking}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </Section>
  );
}

function PromiseLine({
  promise,
  all,
  onAsk,
}: {
  promise: PromiseRecord;
  all: readonly PromiseRecord[];
  onAsk: (asking: Asking) => void;
}) {
  const { t } = useTranslation("promises");
  const mayKeep = useCan(promise, "keep", "promise:keep");
  const mayMove = useCan(promise, "renegotiate", "promise:renegotiate");
  const live = promise.status === "made";
  const open = promise.paused || (live && Date.parse(promise.due_at) > Date.now());
  const before = all.find((earlier) => earlier.id === promise.replaces_id);
  return (
    <li className="promise">
      <div className="promise-top">
        <strong>{t(`kind.${promise.kind}`)}</strong>
        {promise.paused && <StoppedClock />}
        {live && !promise.paused && <PromiseClock dueAt={promise.due_at} />}
        {!live && <PromiseMark status={promise.status} />}
      </div>
      {promise.text && <p>{promise.text}</p>}
      <p className="soft small">
        {promise.made_by.name}
        {!live && (
          <>
            {" "}
            · {t("due")} <When at={promise.due_at} />
          </>
        )}
        {before && (
          <>
            {" "}
            · {t("moved_from")} <When at={before.due_at} />
          </>
        )}
      </p>
      {promise.reason && <p className="soft small">{promise.reason}</p>}
      {open && (mayKeep || mayMove) && (
        <div className="promise-acts">
          {mayKeep && (
            <Button
              size="small"
              type="link"
              onClick={() => {
                onAsk({ kind: "keep", promise });
              }}
            >
              {t("keep")}
            </Button>
          )}
          {mayMove && (
            <Button
              size="small"
              type="link"
              onClick={() => {
                onAsk({ kind: "move", promise });
              }}
            >
              {t("renegotiate")}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

function PromiseDialog({ item, asking, onClose }: { item: Case; asking: Asking; onClose: () => void }) {
  const { t } = useTranslation(["promises", "forms"]);
  const touch = useTouch();
  const promises = usePromises(item.id);
  const messages = useMessages(item.id);
  const needed = [{ required: true, message: t("forms:required") }];
  const then = async (work: Promise<unknown>) => {
    await work;
    await touch(CASE_KEYS);
  };
  if (asking.kind === "keep") {
    return (
      <AskDialog<{ note?: string }>
        open
        title={t("keep_title")}
        okText={t("keep")}
        onClose={onClose}
        submit={({ note }) => then(keepPromise(asking.promise.id, note?.trim() || null))}
      >
        <Form.Item name="note" label={t("keep_note")}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
        </Form.Item>
      </AskDialog>
    );
  }
  if (asking.kind === "move") {
    return (
      <AskDialog<{ due_at: string; reason: string }>
        open
        title={t("renegotiate_title")}
        okText={t("renegotiate")}
        onClose={onClose}
        submit={(values) => then(renegotiate(asking.promise.id, values))}
      >
        <Form.Item name="due_at" label={t("new_time")} extra={t("hours")} rules={needed}>
          <InstantPicker />
        </Form.Item>
        <Form.Item name="reason" label={t("reason")} extra={t("reason_help")} rules={needed}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={4000} />
        </Form.Item>
      </AskDialog>
    );
  }
  return (
    <AskDialog<Omit<PromiseBody, "case_id">>
      open
      title={t("make_title")}
      okText={t("make")}
      onClose={onClose}
      initial={{ kind: promisedNext(promises.data, messages.data) }}
      submit={(values) =>
        then(makePromise({ ...values, text: values.text?.trim() ? values.text : null, case_id: item.id }))
      }
    >
      <Form.Item name="kind" label={t("kind_label")} rules={needed}>
        <Select options={PROMISE_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="due_at" label={t("due_label")} extra={t("hours")} rules={needed}>
        <InstantPicker />
      </Form.Item>
      <Form.Item name="text" label={t("text")} extra={t("text_help")}>
        <Input maxLength={300} />
      </Form.Item>
    </AskDialog>
  );
}
