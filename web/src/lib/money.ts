import type { Money } from "@/api/types";

function digits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** "¥1,200,000" or "CN¥1,200,000" by locale; fractions only when there are any. */
export function sayMoney(money: Money, language: string): string {
  const scale = 10 ** digits(money.currency);
  const whole = money.amount_minor % scale === 0;
  return new Intl.NumberFormat(language, {
    style: "currency", currency: money.currency, currencyDisplay: "symbol",
    minimumFractionDigits: whole ? 0 : undefined, maximumFractionDigits: whole ? 0 : undefined,
  }).format(money.amount_minor / scale);
}

/** A short size for a dense column: "CN¥1.2M", currency kept. */
export function sayMoneyShort(money: Money, language: string): string {
  return new Intl.NumberFormat(language, {
    style: "currency",
    currency: money.currency,
    notation: "compact",
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
    useGrouping: true,
  }).format(money.amount_minor / 10 ** digits(money.currency));
}

export function fromMajor(amount: number | null | undefined, currency: string): Money | null {
  if (amount === null || amount === undefined) return null;
  return { amount_minor: Math.round(amount * 10 ** digits(currency)), currency };
}

export function toMajor(money: Money | null | undefined): number | null {
  return money ? money.amount_minor / 10 ** digits(money.currency) : null;
}
