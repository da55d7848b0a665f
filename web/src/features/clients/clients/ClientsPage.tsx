import { Button, Dropdown } from "antd";
import { Download, Plus, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { url } from "@/api/client";
import { usePermission } from "@/auth/permissions";
import { DataList } from "@/components/list/DataList";
import { Page } from "@/components/Page";
import { viewAddress } from "@/lib/filters";
import { useClientList } from "./useClientList";

const FORMATS = ["xlsx", "csv"] as const;

export function ClientsPage() {
  const { t } = useTranslation("clients");
  const spec = useClientList();
  const mayAdd = usePermission("client:create");
  const mayImport = usePermission("import:create");
  const mayExport = usePermission("client:export");
  return (
    <Page width="list" title={t("title")} actions={<>
      {mayExport && <Export />}
      {mayImport && <Link to="/imports"><Button icon={<Upload size={15} />}>{t("import")}</Button></Link>}
      {mayAdd && <Link to="/clients/new"><Button type="primary" icon={<Plus size={15} />}>{t("add")}</Button></Link>}
    </>}>
      <DataList spec={spec} />
    </Page>
  );
}

/** What is filtered is what is exported. */
function Export() {
  const { t } = useTranslation("clients");
  const [params] = useSearchParams();
  const filter = Object.fromEntries(new URLSearchParams(viewAddress(params)));
  const items = FORMATS.map((format) => ({
    key: format,
    label: (
      <a href={url("/clients/export", { ...filter, format })} download>
        {t("export_as", { format: format.toUpperCase() })}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button icon={<Download size={15} />} aria-haspopup="menu">
        {t("export")}
      </Button>
    </Dropdown>
  );
}
