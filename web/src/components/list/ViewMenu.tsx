import { Button, Dropdown, type MenuProps } from "antd";
import { Bookmark, Check, ChevronDown, Globe, Star, Users } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/types";
import { useMe } from "@/auth/me";
import { hasRole } from "@/auth/permissions";
import { useAct } from "@/components/useAct";
import { useDanger } from "../useDanger";
import { useCopy } from "@/components/useCopy";
import { viewAddress } from "@/lib/filters";
import type { BuiltInView } from "./types";
import { ViewDialog } from "./ViewDialog";
import { addressOf, beginPlainly, beginWith, changeView, removeView, standing, type Standing } from "./views";

interface Props {
  list: string;
  builtIn: readonly BuiltInView[];
  saved: readonly SavedView[];
  params: URLSearchParams;
  onShow: (address: URLSearchParams) => void;
}
type Items = NonNullable<MenuProps["items"]>;
type Asking = { view?: SavedView } | null;

const ICONS = { personal: Bookmark, team: Users, public: Globe } as const;

/** The views of a list: those it comes with, one's own, and those that others share. */
export function ViewMenu({ list, builtIn, saved, params, onShow }: Props) {
  const { t } = useTranslation("lists");
  const [asking, setAsking] = useState<Asking>(null);
  const now = standing(params, builtIn, saved);
  const address = viewAddress(params);
  const acts = useViewActs(now, address, setAsking, () => { onShow(new URLSearchParams(address)); });

  const entry = (key: string, label: string, current: boolean, icon: ReactNode, act: () => void, end?: ReactNode) => ({
    key,
    icon,
    label: (
      <span className="view-entry">
        <span>{label}</span>
        {end}
        {current && <Check size={14} aria-label={t("view_current")} />}
      </span>
    ),
    onClick: act,
  });
  const savedEntry = (view: SavedView) => {
    const Icon = ICONS[view.audience];
    return entry(
      view.id,
      view.name,
      now.saved?.id === view.id && !now.changed,
      <Icon size={14} />,
      () => {
        onShow(addressOf(view));
      },
      view.default && <Star size={13} aria-label={t("view_is_default")} />,
    );
  };
  const group = (key: string, label: string, views: readonly SavedView[]): Items =>
    views.length ? [{ key, type: "group", label, children: views.map(savedEntry) }] : [];
  const items: Items = [
    ...builtIn.map((view) =>
      entry(`b:${view.name}`, view.label, now.builtIn?.name === view.name, null, () => {
        onShow(new URLSearchParams(view.address));
      }),
    ),
    ...group(
      "mine",
      t("views_mine"),
      saved.filter((view) => view.mine),
    ),
    ...group(
      "shared",
      t("views_shared"),
      saved.filter((view) => !view.mine),
    ),
    { type: "divider" },
    ...acts,
  ];
  const name = now.builtIn?.label ?? now.saved?.name ?? t("unsaved_view");
  return (
    <>
      <Dropdown menu={{ items, selectable: false, className: "view-menu" }} trigger={["click"]}>
        <Button type="text" className="view-button" aria-haspopup="menu">
          <span className="sr-only">{`${t("views")}: `}</span>
          <span className="view-name">{name}</span>
          {now.saved && now.changed && <span className="soft">{t("view_changed")}</span>}
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </Dropdown>
      {asking && (
        <ViewDialog
          list={list}
          address={address}
          view={asking.view}
          onClose={() => {
            setAsking(null);
          }}
          onKept={(view) => {
            onShow(addressOf(view));
          }}
        />
      )}
    </>
  );
}

/** What can be done with where the list stands now. */
function useViewActs(
  { saved: view, builtIn, changed }: Standing,
  address: string,
  ask: (asking: Asking) => void,
  leave: () => void,
): Items {
  const { t } = useTranslation("lists");
  const danger = useDanger();
  const copyText = useCopy();
  const me = useMe();
  const run = useAct((act: () => Promise<unknown>) => act(), { touches: ["views"], done: t("view_saved") });
  const mine = view && (view.mine || (view.audience !== "personal" && hasRole(me, "admin")));
  const copy = () => {
    const link = `${location.origin}${location.pathname}${address ? `?${address}` : ""}`;
    void copyText(link, t("link_copied"));
  };
  const remove = (gone: SavedView) =>
    danger({
      title: t("remove_view_title", { name: gone.name }),
      content: t(gone.audience === "personal" ? "remove_view_text" : "remove_view_shared"),
      okText: t("remove_view"),
      onOk: async () => {
        await run.mutateAsync(() => removeView(gone));
        leave();
      },
    });
  return [
    ...(view && changed && mine
      ? [
          {
            key: "update",
            label: t("update_view", { name: view.name }),
            onClick: () => {
              run.mutate(() => changeView(view, { address }));
            },
          },
        ]
      : []),
    ...(changed || view || !builtIn
      ? [
          {
            key: "save",
            label: t("save_view_as"),
            onClick: () => {
              ask({});
            },
          },
        ]
      : []),
    ...(view && !changed && mine
      ? [
          {
            key: "edit",
            label: t("edit_view"),
            onClick: () => {
              ask({ view });
            },
          },
        ]
      : []),
    ...(view && !changed
      ? [
          {
            key: "default",
            label: t(view.default ? "view_default_off" : "view_default_on"),
            onClick: () => {
              run.mutate(() => (view.default ? beginPlainly(view) : beginWith(view)));
            },
          },
        ]
      : []),
    { key: "copy", label: t("copy_link"), onClick: copy },
    ...(view && mine
      ? [{ key: "remove", danger: true, label: t("remove_view"), onClick: () => void remove(view) }]
      : []),
  ];
}
