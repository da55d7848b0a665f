import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";
import type { Me } from "@/api/types";
import { LanguageSwitch } from "./LanguageSwitch";
import { PHONE, useMedia } from "@/lib/useWidth";
import { MeMenu } from "./MeMenu";
import { usePlaces, type Place } from "./places";

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
      {usePlaces(me).map((place) => (
        <ClientPlace key={place.key} place={place} />
      ))}
    </nav>
  );
}

/** A quarter of a phone is too narrow for some names: those have a short one there, and are called by the whole. */
function ClientPlace({ place: { key, to, icon: Icon } }: { place: Place }) {
  const { t } = useTranslation("shell");
  const phone = useMedia(PHONE);
  const name = t(`place.${key}`);
  const short = phone && key === "own_engagements" ? t("short.own_engagements") : name;
  return (
    <NavLink to={to} aria-label={name}>
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      <span>{short}</span>
    </NavLink>
  );
}
