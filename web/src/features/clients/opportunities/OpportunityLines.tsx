import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Client, OpportunityLine } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { DueDay } from "@/components/DueDay";
import { MoneyText } from "@/components/MoneyText";
import { Section } from "@/components/Page";
import { OpportunityMark } from "./stages";

/** What a client may buy next, on the client's page. */
export function OpportunityLines({ client, items }: { client: Client; items: readonly OpportunityLine[] }) {
  const { t } = useTranslation("opportunities");
  const mayAdd = useCan(client, "add_opportunity", "opportunity:create");
  return (
    <Section
      title={t("on_client")}
      count={items.length}
      actions={
        mayAdd && (
          <Link to={`/opportunities/new?client=${client.id}`}>
            <Button size="small">{t("add")}</Button>
          </Link>
        )
      }
    >
      {items.length === 0 && <p className="empty-small">{t("on_client_empty")}</p>}
      <ul className="lines">
        {items.map((item) => (
          <li key={item.id}>
            <Link to={`/opportunities/${item.id}`}>{item.title}</Link>
            <MoneyText money={item.amount} short />
            <span className="meta body">
              <OpportunityMark stage={item.stage} />
              <span className="num">{item.probability}%</span>
              {item.close_on && <DueDay on={item.close_on} quiet />}
              {item.owner_name && <span>{item.owner_name}</span>}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
