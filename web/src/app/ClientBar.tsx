import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";
import type { Me } from "@/api/types";
import { LanguageSwitch } from "./LanguageSwitch";
import { MeMenu } from "./MeMenu";
import { usePlaces } from "./places";

/** A client's person meets the firm by its own name, never ours. */
export function ClientBar({ me }: { me: Me }) {
  const { t } = useTranslation("shell");
  return (
    <header className="client-bar">
      <div className="client-bar-in">
        <Link to="/waiting" className="firm-name">{me.firm?.name ?? t("our_firm")}</Link>
        <ClientPlaces me={me} />
        <div className="top-end"><LanguageSwitch me={me} /><MeMenu me={me} /></div>
      </div>
    </header>
  );
}

/** The few places of the house: beside the name on a desk, under the thumb on a phone. */
function ClientPlaces({ me }: { me: Me }) {
  const { t } = useTranslation("shell");
  return (
    <nav aria-label={t("navigation")}>
      {usePlaces(me).map(({ key, to, icon: Icon }) => <NavLink key={key} to={to}><Icon size={18} strokeWidth={1.75} aria-hidden="true" /><span>{t(`place.${key}`)}</span></NavLink>)}
    </nav>
  );
}
