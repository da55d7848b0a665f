import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Client } from "@/api/types";
import { MoneyText } from "@/components/MoneyText";
import { Facts } from "@/components/Page";
import { Day, When } from "@/components/When";
import { regionOf } from "./useClientList";

const site = (website: string) => (/^https?:\/\//.test(website) ? website : `https://${website}`);

/** Facts that are known; unknown ones take no room. */
export function ClientFacts({ client: c }: { client: Client }) {
  const { t, i18n } = useTranslation("clients");
  const number = new Intl.NumberFormat(i18n.language);
  const facts: [string, ReactNode | null][] = [
    [t("industry"), c.industry],
    [t("region"), regionOf(c) || null],
    [t("main_products"), c.main_products.length ? c.main_products.join(" · ") : null],
    [t("employees"), c.employees === null ? null : <span className="num">{number.format(c.employees)}</span>],
    [t("revenue"), c.revenue && <MoneyText money={c.revenue} />],
    [t("contract_total"), c.contract_total && <MoneyText money={c.contract_total} />],
    [t("credit_code_short"), c.credit_code && <span className="num">{c.credit_code}</span>],
    [t("phone"), c.phone && <a className="num" href={`tel:${c.phone}`}>{c.phone}</a>],
    [t("website"), c.website && <a href={site(c.website)} target="_blank" rel="noreferrer">{c.website}</a>],
    [t("strength_short"), c.strength === null ? null : <span className="num">{`${c.strength}/9`}</span>],
    [t("likelihood_short"), c.likelihood === null ? null : <span className="num">{`${c.likelihood}/9`}</span>],
    [t("source"), c.source],
    [t("first_contact_on"), c.first_contact_on && <Day on={c.first_contact_on} />],
    [t("last_contact"), c.last_contact_at && <When at={c.last_contact_at} />],
    [t("aliases"), c.aliases.length ? c.aliases.join(" · ") : null],
    [
      t("tags"),
      c.tags.length ? (
        <span className="tags">
          {c.tags.map((tag) => (
            <span key={tag} className="tag">
              {tag}
            </span>
          ))}
        </span>
      ) : null,
    ],
  ];
  return (
    <>
      <Facts columns={2} items={facts.filter((fact) => fact[1])} />
      {c.notes && <p className="pre soft" style={{ marginTop: 12 }}>{c.notes}</p>}
    </>
  );
}
