import { Button } from "antd";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/auth/me";
import { usePermission } from "@/auth/permissions";
import { DataList } from "@/components/list/DataList";
import { Page } from "@/components/Page";
import { KeptRate } from "../promises/KeptRate";
import { useCaseList } from "./useCaseList";

export function CasesPage() {
  const { t } = useTranslation("cases");
  const spec = useCaseList();
  const me = useMe();
  const mayOpen = usePermission("case:open");
  return (
    <Page
      width="list"
      title={t("title")}
      under={me && <KeptRate whose={{ made_by: me.user.id }} said="mine" />}
      actions={
        mayOpen && (
          <Link to="/cases/new">
            <Button type="primary" icon={<Plus size={15} />}>
              {t("open")}
            </Button>
          </Link>
        )
      }
    >
      <DataList spec={spec} />
    </Page>
  );
}
