import { Modal, Radio } from "antd";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DialogStart } from "../DialogStart";
import { compareEdits } from "@/lib/differences";

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

/** Someone else saved first: fields that both changed stand side by side to choose from, those of theirs are told. */
export function StaleEdit({ base, mine, theirs, labels, say, onCancel, onChoose }: Props) {
  const { t } = useTranslation("forms");
  const edits = useRef(compareEdits(base, mine, theirs)).current;
  const [choice, setChoice] = useState(edits);
  const told = Object.keys(edits).filter((field) => labels[field]);
  const both = told.filter((field) => edits[field] === "mine");
  const onlyTheirs = told.filter((field) => edits[field] === "theirs");
  const show = (field: string, value: unknown) => say?.(field, value) ?? plain(value);
  const chosen = () =>
    Object.fromEntries(Object.keys(edits).map((field) => [field, (choice[field] === "mine" ? mine : theirs)[field]]));

  return (
    <Modal
      open
      width={760}
      title={t("stale_title")}
      okText={t(both.length ? "stale_continue" : "stale_go_on")}
      cancelText={t("stale_back")}
      onCancel={onCancel}
      onOk={() => {
        onChoose(chosen());
      }}
    >
      <DialogStart />
      <p className="soft">{t(both.length ? "stale_text" : "stale_same")}</p>
      {both.length > 0 && (
        <table className="compare">
          <thead>
            <tr>
              <th scope="col">{t("stale_field")}</th>
              <th scope="col">{t("stale_mine")}</th>
              <th scope="col">{t("stale_theirs")}</th>
            </tr>
          </thead>
          <tbody>
            {both.map((field) => (
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
      {onlyTheirs.length > 0 && (
        <Kept fields={onlyTheirs} labels={labels} value={(field) => show(field, theirs[field])} />
      )}
    </Modal>
  );
}

interface KeptProps {
  fields: readonly string[];
  labels: Props["labels"];
  value: (field: string) => ReactNode;
}

/** What only they changed stands as they wrote it. */
function Kept({ fields, labels, value }: KeptProps) {
  const { t } = useTranslation("forms");
  return (
    <table className="compare">
      <caption>{t("stale_kept")}</caption>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{labels[field]}</th>
            <td>{value(field)}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
