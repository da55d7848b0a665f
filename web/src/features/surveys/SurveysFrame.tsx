import { useTranslation } from "react-i18next";
import { NavLink, Outlet } from "react-router";
import { useMe } from "@/auth/me";
import { Page } from "@/components/Page";
import { OwnSurveys } from "./OwnSurveys";

const PARTS = ["scores", "comments", "invitations", "forms", "campaigns"] as const;

/** The firm sees what its clients say; a client's person the surveys that wait for them. */
export function SurveysFrame() {
  const { t } = useTranslation("surveys");
  if (useMe()?.side === "client") return <OwnSurveys />;
  return (
    <Page title={t("title")}>
      <nav className="parts" aria-label={t("parts")}>{PARTS.map((part) => <NavLink key={part} end to={part === "scores" ? "/surveys" : `/surveys/${part}`}>{t(`part.${part}`)}</NavLink>)}</nav>
      <Outlet />
    </Page>
  );
}
