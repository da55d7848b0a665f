import { Button } from "antd";
import { CloudOff, Compass } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { ProblemNotice } from "@/components/ProblemNotice";
import { NothingHere } from "./NothingHere";

/** The browsers' own words for a part of the interface that did not come. */
const UNLOADED = /dynamically imported module|importing a module|preload/i;
const isUnloaded = (error: unknown): boolean => error instanceof Error && UNLOADED.test(error.message);

/** The page's part did not come: there is no connection, or Rapport was renewed since this tab was opened. */
function Unloaded() {
  const { t } = useTranslation("shell");
  useEffect(() => {
    const reload = () => { location.reload(); };
    window.addEventListener("online", reload);
    return () => { window.removeEventListener("online", reload); };
  }, []);
  return (
    <NothingHere
      icon={CloudOff}
      title={t("unloaded_title")}
      action={
        <Button type="primary" onClick={() => { location.reload(); }}>
          {t("reload")}
        </Button>
      }
    >
      {t("unloaded")}
    </NothingHere>
  );
}

/** A page that does not exist, or that failed while it was drawn. */
export function Broken({ missing = false }: { missing?: boolean }) {
  const { t } = useTranslation("shell");
  const error = useRouteError();
  if (missing || !error) {
    return (
      <NothingHere icon={Compass} title={t("no_page_title")}>
        {t("no_page")}
      </NothingHere>
    );
  }
  if (isUnloaded(error)) return <Unloaded />;
  return (
    <div className="page page-reading">
      <ProblemNotice
        error={error}
        onRetry={() => {
          location.reload();
        }}
      />
    </div>
  );
}
