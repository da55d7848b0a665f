import { Button } from "antd";
import { Menu as MenuIcon, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Me } from "@/api/types";
import { PHONE, useMedia } from "@/lib/useWidth";
import { LanguageSwitch } from "./LanguageSwitch";
import { MeMenu } from "./MeMenu";

export function TopBar({ me, onMenu, onCommand }: { me: Me; onMenu: () => void; onCommand: () => void }) {
  const { t } = useTranslation("shell");
  const phone = useMedia(PHONE);
  const mac = navigator.userAgent.includes("Mac");
  return (
    <header className="top">
      <Button
        className="top-menu"
        type="text"
        icon={<MenuIcon size={18} />}
        aria-label={t("open_navigation")}
        onClick={onMenu}
      />
      <button type="button" className="command-open" onClick={onCommand} aria-keyshortcuts="Control+K Meta+K">
        <Search size={15} aria-hidden="true" />
        <span>{t(phone ? "command_short" : "command_hint")}</span>
        <kbd aria-hidden="true">{mac ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <div className="top-end"><LanguageSwitch me={me} /><MeMenu me={me} /></div>
    </header>
  );
}
