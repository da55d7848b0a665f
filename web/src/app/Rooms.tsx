import { DoorClosed } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Outlet, useLocation } from "react-router";
import type { Me } from "@/api/types";
import { NothingHere } from "./NothingHere";
import { isOpenTo } from "./places";

/** The page one asked for; where there is nothing for this person, that alone is said. */
export function Rooms({ me }: { me: Me }) {
  const { t } = useTranslation("shell");
  const { pathname } = useLocation();
  if (isOpenTo(me, pathname)) return <Outlet />;
  return (
    <NothingHere icon={DoorClosed} title={t("closed_title")}>
      {t("closed")}
    </NothingHere>
  );
}
