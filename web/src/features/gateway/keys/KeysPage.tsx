import { Button } from "antd";
import { CheckCircle2, CircleSlash, KeyRound, Plus, TimerOff } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { ApiKey, KeyMade } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { DataList } from "@/components/list/DataList";
import type { ListSpec } from "@/components/list/types";
import { Mark } from "@/components/marks";
import { Page } from "@/components/Page";
import { Nothing, When } from "@/components/When";
import { withFilter } from "@/lib/filters";
import { KeyPanel } from "./KeyPanel";
import { KeySecret } from "./KeySecret";
import { NewKeyDialog } from "./NewKeyDialog";
import { useScopeNames } from "./scopes";

const LIVE = "revoked_at.null=true";

export function KeyState({ item }: { item: ApiKey }) {
  const { t } = useTranslation("keys");
  if (item.revoked_at)
    return (
      <Mark icon={CircleSlash} tone="quiet">
        {t("state.revoked")}
      </Mark>
    );
  if (item.expires_at && Date.parse(item.expires_at) <= Date.now())
    return (
      <Mark icon={TimerOff} tone="warn">
        {t("state.expired")}
      </Mark>
    );
  return (
    <Mark icon={CheckCircle2} tone="good">
      {t("state.live")}
    </Mark>
  );
}

function useKeyList(make: ReactNode): ListSpec<ApiKey> {
  const { t } = useTranslation("keys");
  const say = useScopeNames();
  return useMemo(
    () => ({
      name: "api-keys",
      path: "/api-keys",
      start: LIVE,
      defaultSort: "-created_at",
      searchLabel: t("title"),
      noSearch: true,
      countLabel: (shown, count) => t("count", { shown, count }),
      rowName: (key) => key.name,
      href: (key) => `/keys?open=${key.id}`,
      panel: (key) => <KeyPanel item={key} />,
      views: [
        { name: "live", label: t("view.live"), address: LIVE },
        { name: "all", label: t("view.all"), address: "" },
      ],
      filters: [
        {
          name: "revoked_at.null",
          label: t("state_label"),
          quiet: true,
          options: [{ value: "true", label: t("view.live") }],
        },
      ],
      columns: [
        {
          key: "name",
          title: t("name"),
          width: "minmax(160px, 1.4fr)",
          sort: "name",
          fixed: true,
          render: (k) => <span className="cell-main">{k.name}</span>,
        },
        { key: "user", title: t("acts_for"), width: "minmax(120px, 1fr)", render: (k) => k.user?.name ?? <Nothing /> },
        { key: "scopes", title: t("scopes"), width: "minmax(200px, 2.4fr)", render: (k) => say(k.scopes) },
        { key: "state", title: t("state_label"), width: "112px", render: (k) => <KeyState item={k} /> },
        { key: "used", title: t("last_used"), width: "128px", render: (k) => <When at={k.last_used_at} /> },
        { key: "expires", title: t("expires"), width: "128px", render: (k) => <When at={k.expires_at} day /> },
        {
          key: "created",
          title: t("created"),
          width: "128px",
          sort: "created_at",
          optional: true,
          render: (k) => <When at={k.created_at} />,
        },
      ],
      card: (k) => (
        <>
          <span className="card-top">
            <strong>{k.name}</strong>
            <KeyState item={k} />
          </span>
          <span className="card-marks">
            <span>{k.user?.name}</span>
            <span>{say(k.scopes)}</span>
          </span>
        </>
      ),
      empty: { icon: KeyRound, title: t("empty_title"), text: t("empty_text"), action: make },
    }),
    [t, say, make],
  );
}

/** The keys with which partner systems work: made, seen once, revoked. */
export function KeysPage() {
  const { t } = useTranslation("keys");
  const may = usePermission("key:create");
  const [params, setParams] = useSearchParams();
  const [asking, setAsking] = useState(params.has("new"));
  const make = useMemo(
    () =>
      may && (
        <Button
          type="primary"
          icon={<Plus size={15} />}
          onClick={() => {
            setAsking(true);
          }}
        >
          {t("make")}
        </Button>
      ),
    [may, t],
  );
  const spec = useKeyList(make);
  const [made, setMade] = useState<KeyMade | null>(null);
  const close = () => { setAsking(false); setParams((now) => withFilter(now, "new", null), { replace: true }); };
  return (
    <Page width="list" title={t("title")} actions={make}>
      <DataList spec={spec} />
      {may && <NewKeyDialog open={asking} onClose={close} onMade={setMade} />}
      {made && <KeySecret made={made} onClose={() => { setMade(null); }} />}
    </Page>
  );
}
