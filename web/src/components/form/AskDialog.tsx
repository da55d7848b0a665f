import { Form, Modal, type FormInstance } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DialogStart } from "../DialogStart";
import { markRequired } from "./markRequired";
import { placeProblem } from "./placeProblem";
import { asProblem, ProblemNotice } from "../ProblemNotice";
import type { Problem } from "@/api/problem";

interface Props<V extends object> {
  title: string;
  open: boolean;
  okText: string;
  danger?: boolean;
  initial?: Partial<V>;
  /** Somebody did it, or something in its way, since this was opened: said at once, before it is sent. */
  overtaken?: boolean;
  submit: (values: V) => Promise<unknown>;
  onClose: () => void;
  children: ReactNode | ((form: FormInstance<V>) => ReactNode);
}

/** A short question before an act: a reason, a time, a name. Problems stay in the dialog. */
export function AskDialog<V extends object>({
  title,
  open,
  okText,
  danger,
  initial,
  overtaken = false,
  submit,
  onClose,
  children,
}: Props<V>) {
  const { t } = useTranslation("forms");
  const [form] = Form.useForm<V>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const close = () => { setProblem(null); onClose(); };
  const finish = async (values: V) => {
    setBusy(true);
    setProblem(null);
    try { await submit(values); close(); }
    catch (error) { setProblem(placeProblem(form, asProblem(error))); }
    finally { setBusy(false); }
  };
  return (
    <Modal
      open={open}
      title={title}
      okText={okText}
      cancelText={t("cancel")}
      okButtonProps={{ danger, loading: busy }}
      destroyOnHidden
      // A click beside it loses no words; the second of a double click does not close what the first opened.
      mask={{ closable: false }}
      onCancel={close}
      onOk={() => {
        form.submit();
      }}
    >
      <DialogStart />
      {overtaken && <p className="banner banner-warn" role="status">{t("overtaken")}</p>}
      <Form<V>
        form={form}
        layout="vertical"
        requiredMark={markRequired}
        preserve={false}
        scrollToFirstError={{ focus: true }}
        initialValues={initial}
        onFinish={(values) => void finish(values)}
      >
        {typeof children === "function" ? children(form) : children}
      </Form>
      {problem && <ProblemNotice error={problem} compact />}
    </Modal>
  );
}
