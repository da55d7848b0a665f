import type { Money, Opportunity } from "@/api/types";
import { MoneyText } from "@/components/MoneyText";

/** What a set of opportunities is worth, currency by currency: amounts are never mixed. */
function sumsOf(items: readonly Opportunity[]): Money[] {
  const sums = new Map<string, number>();
  for (const { amount } of items)
    if (amount) sums.set(amount.currency, (sums.get(amount.currency) ?? 0) + amount.amount_minor);
  return [...sums]
    .map(([currency, amount_minor]) => ({ currency, amount_minor }))
    .sort((a, b) => b.amount_minor - a.amount_minor);
}

export function Sums({ items }: { items: readonly Opportunity[] }) {
  const sums = sumsOf(items);
  return sums.length ? (
    <span className="sums">
      {sums.map((sum) => (
        <MoneyText key={sum.currency} money={sum} short />
      ))}
    </span>
  ) : null;
}
