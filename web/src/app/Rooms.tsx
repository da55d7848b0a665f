import { Button } from "antd";
import { DoorClosed } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";
import type { Me } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { isOpenTo } from "./places";

/** The page one asked for; where there is nothing for this person, that alone is said. */
export function Rooms({ me }: { me: Me }) {
  const { t } = useTranslation("shell");
  const { pathname } = useLocation();
  if (isOpenTo(me, pathname)) return <Outlet />;
  return (
    <div className="page">
      <EmptyState
        whole
        icon={DoorClosed}
        title={t("closed_title")}
        action={
          <Link to="/">
            <Button>{t("go_home")}</Button>
          </Link>
        }
      >
        {t("closed")}
      </EmptyState>
    </div>
  );
}
