import { Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import type { Me } from "@/api/types";
import { NARROW, useMedia } from "@/lib/useWidth";
import { usePlaces, type Place } from "./places";

export function Navigation({ me, open, onClose }: { me: Me; open: boolean; onClose: () => void }) {
  const { t } = useTranslation("shell");
  const narrow = useMedia(NARROW);
  if (narrow) {
    return (
      <Drawer
        open={open}
        onClose={onClose}
        placement="left"
        size={264}
        title={<Brand />}
        classNames={{ body: "nav-drawer" }}
        aria-label={t("navigation")}
      >
        <Places me={me} onGo={onClose} />
      </Drawer>
    );
  }
  return <div className="nav"><Brand /><Places me={me} /></div>;
}

function Brand() {
  return <div className="brand"><img src="/icon.svg" alt="" width={24} height={24} /><span>Rapport</span></div>;
}

function Places({ me, onGo }: { me: Me; onGo?: () => void }) {
  const { t } = useTranslation("shell");
  const places = usePlaces(me);
  const administration = places.filter((place) => place.group === "administration");
  return (
    <nav aria-label={t("navigation")} onClick={onGo}>
      <ul>
        {places
          .filter((place) => place.group === "work")
          .map((place) => (
            <PlaceLink key={place.key} place={place} />
          ))}
      </ul>
      {administration.length > 0 && (
        <>
          <h2>{t("administration")}</h2>
          <ul>
            {administration.map((place) => (
              <PlaceLink key={place.key} place={place} />
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function PlaceLink({ place }: { place: Place }) {
  const { t } = useTranslation("shell");
  const Icon = place.icon;
  return (
    <li>
      <NavLink to={place.to}>
        <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
        {t(`place.${place.key}`)}
      </NavLink>
    </li>
  );
}
