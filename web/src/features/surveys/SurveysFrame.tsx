import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { useMe } from "@/auth/me";
import { Page } from "@/components/Page";
import { PartsStrip } from "@/components/PartsStrip";
import { OwnSurveys } from "./OwnSurveys";

const PARTS = ["scores", "comments", "invitations", "forms", "campaigns"] as const;

/** The firm sees what its clients say; a client's person the surveys that wait for them. */
export function SurveysFrame() {
  const { t } = useTranslation("surveys");
  if (useMe()?.side === "client") return <OwnSurveys />;
  return (
    <Page title={t("title")}>
      <PartsStrip
        label={t("parts")}
        parts={PARTS.map((part) => ({
          to: part === "scores" ? "/surveys" : `/surveys/${part}`,
          label: t(`part.${part}`),
        }))}
      />
      <Outlet />
    </Page>
  );
}
