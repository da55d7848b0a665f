import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { DialogStart } from "@/components/DialogStart";

const LIST = [
  ["move", ["J", "K"]],
  ["open", ["Enter"]],
  ["select", ["X"]],
  ["search", ["/"]],
  ["close", ["Esc"]],
] as const;

/** What the keyboard does, for whoever works without a mouse. */
export function Shortcuts({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("shell");
  const held = navigator.userAgent.includes("Mac") ? "⌘" : "Ctrl";
  const keys = [["command", [held, "K"]], ...LIST, ["send", [held, "Enter"]]] as const;
  return (
    <Modal open={open} title={t("shortcuts")} footer={null} width={440} destroyOnHidden onCancel={onClose}>
      <DialogStart />
      <dl className="shortcuts">
        {keys.map(([name, each]) => (
          <div key={name}>
            <dt>{t(`shortcut.${name}`)}</dt>
            <dd>
              {each.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
