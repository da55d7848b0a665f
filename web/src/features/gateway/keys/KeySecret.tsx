import { App, Button, Input, Modal } from "antd";
import { Copy } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { KeyMade } from "@/api/types";

/** The one time a key's secret is seen; only its own button closes this. */
export function KeySecret({ made, onClose }: { made: KeyMade; onClose: () => void }) {
  const { t } = useTranslation("keys");
  return (
    <Modal open title={t("made_title", { name: made.name })} closable={false} mask={{ closable: false }} keyboard={false} footer={<Button type="primary" onClick={onClose}>{t("made_done")}</Button>}>
      <p className="soft" style={{ marginBottom: 16 }}>{t("made_text")}</p>
      <Copied label={t("client_id")} value={made.client_id} />
      <Copied label={t("client_secret")} value={made.client_secret ?? ""} />
    </Modal>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation("keys");
  const { message } = App.useApp();
  const id = useId();
  const copy = () => { void navigator.clipboard.writeText(value).then(() => message.success(t("copied", { label }))); };
  return (
    <div className="copied">
      <label className="label" htmlFor={id}>{label}</label>
      <div className="copied-line">
        <Input id={id} readOnly value={value} onFocus={(event) => { event.target.select(); }} />
        <Button icon={<Copy size={14} />} onClick={copy} aria-label={t("copy", { label })} title={t("copy", { label })} />
      </div>
    </div>
  );
}
