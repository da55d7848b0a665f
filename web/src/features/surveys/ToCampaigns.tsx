import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** Where nothing was asked or answered yet: the way to what is asked by itself, and when. */
export function ToCampaigns() {
  const { t } = useTranslation("surveys");
  return <Link to="/surveys/campaigns"><Button type="primary">{t("to_campaigns")}</Button></Link>;
}
