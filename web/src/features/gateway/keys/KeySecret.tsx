import { Button, Input, Modal } from "antd";
import { Copy } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { KeyMade } from "@/api/types";
import { DialogStart } from "@/components/DialogStart";
import { useCopy } from "@/components/useCopy";

/** The one time a key's secret is seen; only its own button closes this. */
export function KeySecret({ made, onClose }: { made: KeyMade; onClose: () => void }) {
  const { t } = useTranslation("keys");
  return (
    <Modal
      open
      title={t("made_title", { name: made.name })}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("made_done")}
        </Button>
      }
    >
      <DialogStart />
      <p className="soft" style={{ marginBottom: 16 }}>{t("made_text")}</p>
      <Copied label={t("client_id")} value={made.client_id} />
      <Copied label={t("client_secret")} value={made.client_secret ?? ""} />
    </Modal>
  );
}

function Copied({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation("keys");
  const copyText = useCopy();
  const id = useId();
  const copy = () => { void copyText(value, t("copied", { label })); };
  return (
    <div className="copied">
      <label className="label" htmlFor={id}>{label}</label>
      <div className="copied-line">
        <Input
          id={id}
          readOnly
          value={value}
          onFocus={(event) => {
            event.target.select();
          }}
        />
        <Button
          icon={<Copy size={14} />}
          onClick={copy}
          aria-label={t("copy", { label })}
          title={t("copy", { label })}
        />
      </div>
    </div>
  );
}
