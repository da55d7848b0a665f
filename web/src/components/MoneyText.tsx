import { useTranslation } from "react-i18next";
import type { Money } from "@/api/types";
import { sayMoney, sayMoneyShort } from "@/lib/money";
import { Nothing } from "./When";

export function MoneyText({ money, short = false }: { money: Money | null | undefined; short?: boolean }) {
  const { i18n } = useTranslation();
  if (!money) return <Nothing />;
  const full = sayMoney(money, i18n.language);
  return (
    <span className="num" title={short ? full : undefined}>
      {short ? sayMoneyShort(money, i18n.language) : full}
    </span>
  );
}
