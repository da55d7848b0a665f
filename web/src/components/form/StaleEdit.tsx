import { Modal, Radio } from "antd";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DialogStart } from "../DialogStart";
import { compareEdits, type Version } from "@/lib/differences";

export type Theirs = Record<string, unknown>;

interface Props {
  /** What both started from. */
  base: Record<string, unknown>;
  mine: Record<string, unknown>;
  theirs: Theirs;
  labels: Partial<Record<string, string>>;
  say?: (field: string, value: unknown) => ReactNode;
  onCancel: () => void;
  onChoose: (values: Record<string, unknown>) => void;
}

/** Someone else saved first: their words and mine side by side, chosen field by field. */
export function StaleEdit({ base, mine, theirs, labels, say, onCancel, onChoose }: Props) {
  const { t } = useTranslation("forms");
  const [choice, setChoice] = useState<Record<string, Version>>(() => compareEdits(base, mine, theirs));
  const fields = Object.keys(choice).filter((field) => labels[field]);
  const show = (field: string, value: unknown) => say?.(field, value) ?? plain(value);
  const chosen = () =>
    Object.fromEntries(fields.map((field) => [field, choice[field] === "mine" ? mine[field] : theirs[field]]));

  return (
    <Modal
      open
      width={760}
      title={t("stale_title")}
      okText={t("stale_continue")}
      cancelText={t("stale_back")}
      onCancel={onCancel}
      onOk={() => {
        onChoose(chosen());
      }}
    >
      <DialogStart />
      <p className="soft">{fields.length ? t("stale_text") : t("stale_same")}</p>
      {fields.length > 0 && (
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">{t("stale_field")}</th>
              <th scope="col">{t("stale_mine")}</th>
              <th scope="col">{t("stale_theirs")}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field}>
                <th scope="row">{labels[field]}</th>
                {(["mine", "theirs"] as const).map((side) => (
                  <td key={side}>
                    <Radio
                      name={field}
                      checked={choice[field] === side}
                      onChange={() => {
                        setChoice({ ...choice, [field]: side });
                      }}
                    >
                      {show(field, side === "mine" ? mine[field] : theirs[field])}
                    </Radio>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Modal>
  );
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  return Array.isArray(value)
    ? value.map(plain).join(", ")
    : typeof value === "object"
      ? JSON.stringify(value)
      : String(value);
}
