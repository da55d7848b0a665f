import { InputNumber } from "antd";
import type { Money } from "@/api/types";
import { useCurrency } from "@/auth/me";
import { fromMajor, toMajor } from "@/lib/money";

/** An amount in major units; the value is integer minor units with its currency. */
export function MoneyInput({ id, value, onChange, disabled }: {
  id?: string; value?: Money | null; onChange?: (value: Money | null) => void; disabled?: boolean;
}) {
  const currency = useCurrency();
  const used = value?.currency ?? currency;
  return (
    <InputNumber<number>
      id={id} className="wide" disabled={disabled} min={0} suffix={used} value={toMajor(value)} controls={false}
      formatter={(amount) => (amount === undefined ? "" : String(amount).replace(/\B(?=(\d{3})+(?!\d))/g, ","))}
      parser={(text) => Number((text ?? "").replace(/,/g, ""))}
      onChange={(amount) => { onChange?.(fromMajor(amount, used)); }}
    />
  );
}
