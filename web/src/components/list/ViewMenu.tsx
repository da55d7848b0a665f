import { App, Button, Dropdown, Input, Modal, type MenuProps } from "antd";
import { Bookmark, ChevronDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { viewAddress } from "@/lib/filters";
import type { BuiltInView } from "./types";
import { dropView, saveView, savedViews } from "./views";

interface Props { list: string; builtIn: readonly BuiltInView[]; params: URLSearchParams; onShow: (address: string) => void }

export function ViewMenu({ list, builtIn, params, onShow }: Props) {
  const { t } = useTranslation("lists");
  const { message, modal } = App.useApp();
  const [views, setViews] = useState(() => savedViews(list));
  const [naming, setNaming] = useState(false);
  const address = viewAddress(params);
  const same = (other: string) => viewAddress(new URLSearchParams(other)) === address;
  const current = builtIn.find((view) => same(view.address))?.label ?? views.find((view) => same(view.address))?.name;
  const mine = views.find((view) => same(view.address));

  const copy = () => {
    const link = `${location.origin}${location.pathname}${address ? `?${address}` : ""}`;
    void navigator.clipboard.writeText(link).then(() => message.success(t("link_copied")));
  };
  const remove = (name: string) => modal.confirm({
    title: t("remove_view_title", { name }), content: t("remove_view_text"), okText: t("remove_view"),
    okButtonProps: { danger: true }, onOk: () => { setViews(dropView(list, name)); },
  });
  const items: MenuProps["items"] = [
    ...builtIn.map((view) => ({ key: `b:${view.name}`, label: view.label, onClick: () => { onShow(view.address); } })),
    ...(views.length ? [{ type: "divider" as const }] : []),
    ...views.map((view) => ({ key: `s:${view.name}`, label: view.name, icon: <Bookmark size={14} />, onClick: () => { onShow(view.address); } })),
    { type: "divider" },
    { key: "save", label: t("save_view"), disabled: Boolean(current), onClick: () => { setNaming(true); } },
    { key: "copy", label: t("copy_link"), onClick: copy },
    ...(mine ? [{ key: "remove", danger: true, label: t("remove_view"), onClick: () => remove(mine.name) }] : []),
  ];
  return (
    <>
      <Dropdown menu={{ items, selectable: false }} trigger={["click"]}>
        <Button type="text" className="view-button" aria-haspopup="menu">
          <span className="sr-only">{t("views")}</span>{current ?? t("unsaved_view")}<ChevronDown size={14} aria-hidden="true" />
        </Button>
      </Dropdown>
      <NameView open={naming} onClose={() => { setNaming(false); }} onName={(name) => { setViews(saveView(list, { name, address })); setNaming(false); }} />
    </>
  );
}

function NameView({ open, onClose, onName }: { open: boolean; onClose: () => void; onName: (name: string) => void }) {
  const { t } = useTranslation("lists");
  const [name, setName] = useState("");
  const ready = name.trim().length > 0;
  return (
    <Modal open={open} title={t("save_view")} okText={t("save")} okButtonProps={{ disabled: !ready }} onCancel={onClose} onOk={() => { onName(name.trim()); setName(""); }} destroyOnHidden>
      <label className="label" htmlFor="view-name">{t("view_name")}</label>
      <Input id="view-name" value={name} maxLength={60} autoFocus onChange={(event) => { setName(event.target.value); }} onPressEnter={() => { if (ready) { onName(name.trim()); setName(""); } }} />
      <p className="soft">{t("view_help")}</p>
    </Modal>
  );
}
