import { App, Avatar, Button, Dropdown, type MenuProps } from "antd";
import { Keyboard, LogOut, Moon, Sun, SunMoon, UserRound } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import type { Me } from "@/api/types";
import { useProblemWords } from "@/components/ProblemNotice";
import { dropAllDrafts } from "@/lib/drafts";
import { initials } from "@/lib/names";
import { PHONE, useMedia } from "@/lib/useWidth";
import { useAppearance, type Choice } from "@/theme/Theme";
import { Shortcuts } from "./Shortcuts";

const APPEARANCES: [Choice, typeof Sun][] = [["system", SunMoon], ["light", Sun], ["dark", Moon]];

export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const words = useProblemWords();
  return async () => {
    try { await api.remove("/auth/session"); }
    catch (error) { void message.error(words(error).what); return; }
    dropAllDrafts();
    client.clear();
    await navigate("/sign-in");
  };
}

export function MeMenu({ me }: { me: Me }) {
  const { t } = useTranslation("shell");
  const { choice, choose } = useAppearance();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const phone = useMedia(PHONE);
  const [keys, setKeys] = useState(false);
  const items: MenuProps["items"] = [
    {
      key: "who",
      type: "group",
      label: (
        <span className="me-who">
          <strong>{me.user.name}</strong>
          <span>{me.user.email}</span>
        </span>
      ),
    },
    {
      key: "account",
      icon: <UserRound size={15} />,
      label: t("place.account"),
      onClick: () => void navigate("/account"),
    },
    // The lists that have them are the firm's.
    ...(me.side === "firm" && !phone
      ? [
          {
            key: "keys",
            icon: <Keyboard size={15} />,
            label: t("shortcuts"),
            onClick: () => {
              setKeys(true);
            },
          },
        ]
      : []),
    { type: "divider" },
    ...APPEARANCES.map(([value, Icon]) => ({
      key: value,
      icon: <Icon size={15} />,
      label: <span className={choice === value ? "chosen" : undefined}>{t(`appearance.${value}`)}</span>,
      onClick: () => {
        choose(value);
      },
    })),
    { type: "divider" },
    { key: "out", icon: <LogOut size={15} />, label: t("sign_out"), onClick: () => void signOut() },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
        <Button type="text" className="me-button" aria-haspopup="menu">
          <Avatar size={24} className="avatar" aria-hidden="true" data-record="">
            {initials(me.user.name)}
          </Avatar>
          <span className="me-name" data-record="">
            {me.user.name}
          </span>
          <span className="sr-only">{t("me_menu")}</span>
        </Button>
      </Dropdown>
      <Shortcuts open={keys} onClose={() => { setKeys(false); }} />
    </>
  );
}
