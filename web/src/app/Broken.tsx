import { Button } from "antd";
import { CloudOff, Compass } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useRouteError } from "react-router";
import { EmptyState } from "@/components/EmptyState";
import { ProblemNotice } from "@/components/ProblemNotice";

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
    <div className="page">
      <EmptyState
        whole
        icon={CloudOff}
        title={t("unloaded_title")}
        action={
          <Button type="primary" onClick={() => { location.reload(); }}>
            {t("reload")}
          </Button>
        }
      >
        {t("unloaded")}
      </EmptyState>
    </div>
  );
}

/** A page that does not exist, or that failed while it was drawn. */
export function Broken({ missing = false }: { missing?: boolean }) {
  const { t } = useTranslation("shell");
  const error = useRouteError();
  if (missing || !error) {
    return (
      <div className="page">
        <EmptyState
          whole
          icon={Compass}
          title={t("no_page_title")}
          action={
            <Link to="/">
              <Button>{t("go_home")}</Button>
            </Link>
          }
        >
          {t("no_page")}
        </EmptyState>
      </div>
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
