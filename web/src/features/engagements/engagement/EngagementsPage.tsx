import { Button } from "antd";
import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMe } from "@/auth/me";
import { usePermission } from "@/auth/permissions";
import { DataList } from "@/components/list/DataList";
import { Page } from "@/components/Page";
import { OwnEngagements } from "@/features/house";
import { useEngagementList } from "./useEngagementList";

/** The firm sees a list with everything; a client's person the few that are theirs. */
export function EngagementsPage() {
  return useMe()?.side === "client" ? <OwnEngagements /> : <AllEngagements />;
}

function AllEngagements() {
  const { t } = useTranslation("engagements");
  const spec = useEngagementList();
  const mayDraft = usePermission("engagement:draft");
  return (
    <Page
      width="list"
      title={t("title")}
      actions={
        mayDraft && (
          <Link to="/engagements/new">
            <Button type="primary" icon={<Plus size={15} />}>
              {t("add")}
            </Button>
          </Link>
        )
      }
    >
      <DataList spec={spec} />
    </Page>
  );
}
