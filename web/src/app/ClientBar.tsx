import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";
import type { Me } from "@/api/types";
import { LanguageSwitch } from "./LanguageSwitch";
import { MeMenu } from "./MeMenu";

/** A client's person meets the firm by its own name, never ours. */
export function ClientBar({ me }: { me: Me }) {
  const { t } = useTranslation("shell");
  return (
    <header className="client-bar">
      <div className="client-bar-in">
        <Link to="/requests" className="firm-name">{me.firm?.name ?? t("our_firm")}</Link>
        <nav aria-label={t("navigation")}><NavLink to="/requests">{t("place.requests")}</NavLink></nav>
        <div className="top-end"><LanguageSwitch me={me} /><MeMenu me={me} /></div>
      </div>
    </header>
  );
}
