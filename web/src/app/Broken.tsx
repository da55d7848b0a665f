import { Button } from "antd";
import { Compass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRouteError } from "react-router";
import { EmptyState } from "@/components/EmptyState";
import { ProblemNotice } from "@/components/ProblemNotice";

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
