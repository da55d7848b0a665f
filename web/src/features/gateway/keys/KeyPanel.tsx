import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { ApiKey } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { Facts } from "@/components/Page";
import { useAct } from "@/components/useAct";
import { useDanger } from "@/components/useDanger";
import { When } from "@/components/When";
import { KeyState } from "./KeysPage";
import { useScopeNames } from "./scopes";

export function KeyPanel({ item }: { item: ApiKey }) {
  const { t } = useTranslation("keys");
  const danger = useDanger();
  const say = useScopeNames();
  const may = usePermission("key:revoke");
  const revoke = useAct(() => api.remove(`/api-keys/${item.id}`), { touches: ["api-keys"], done: t("revoked") });
  const ask = () =>
    danger({
      title: t("revoke_title", { name: item.name }),
      content: t("revoke_text"),
      okText: t("revoke"),
      onOk: () => revoke.mutateAsync(),
    });
  return (
    <>
      <Facts
        items={[
          [t("state_label"), <KeyState key="s" item={item} />],
          [t("client_id"), <code key="i">{item.client_id}</code>],
          [t("acts_for"), item.user?.name ?? "–"],
          [t("scopes"), say(item.scopes)],
          [t("last_used"), <When key="u" at={item.last_used_at} />],
          [t("expires"), <When key="e" at={item.expires_at} day />],
          [t("created"), <When key="c" at={item.created_at} />],
          ...(item.revoked_at ? [[t("revoked_at"), <When key="r" at={item.revoked_at} />] as const] : []),
        ]}
      />
      {may && !item.revoked_at && (
        <div className="form-acts">
          <Button danger loading={revoke.isPending} onClick={() => void ask()}>
            {t("revoke")}
          </Button>
        </div>
      )}
    </>
  );
}
