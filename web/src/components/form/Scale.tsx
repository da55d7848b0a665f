import { Button, Radio } from "antd";
import { useTranslation } from "react-i18next";

interface Props {
  id?: string;
  value?: number | null;
  onChange?: (value: number | null) => void;
  from: number;
  to: number;
  /** What the two ends mean. */
  low: string;
  high: string;
}

/** A judgement on a scale, or none: what was chosen by mistake is taken back, and none is never the lowest. */
export function Scale({ id, value, onChange, from, to, low, high }: Props) {
  const { t } = useTranslation("forms");
  const steps = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return (
    <div className="scale">
      <Radio.Group
        id={id}
        optionType="button"
        buttonStyle="solid"
        value={value ?? null}
        options={steps.map((step) => ({ value: step, label: step }))}
        onChange={(event) => onChange?.(event.target.value as number)}
      />
      <span className="soft">{t("scale_ends", { from, low, to, high })}</span>
      {typeof value === "number" && (
        <Button type="link" size="small" onClick={() => onChange?.(null)}>
          {t("clear")}
        </Button>
      )}
    </div>
  );
}
