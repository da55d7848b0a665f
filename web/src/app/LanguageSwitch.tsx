import { Button } from "antd";
import { Languages } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Language, Me } from "@/api/types";
import { ME } from "@/auth/me";
import { changeLanguage } from "@/i18n";

/** The name of the other language, written in that language. */
export const OWN_NAME: Record<Language, string> = { en: "English", "zh-CN": "中文" };

export function useSwitchLanguage(me: Me | undefined) {
  const client = useQueryClient();
  return async (language: Language) => {
    await changeLanguage(language);
    if (!me) return;
    client.setQueryData<Me>(ME, { ...me, user: { ...me.user, language } });
    await api.patch("/me", { language });
    await client.invalidateQueries();
  };
}

export function LanguageSwitch({ me }: { me?: Me }) {
  const { t, i18n } = useTranslation("shell");
  const change = useSwitchLanguage(me);
  const other: Language = i18n.language === "zh-CN" ? "en" : "zh-CN";
  return (
    <Button type="text" icon={<Languages size={16} aria-hidden="true" />} onClick={() => void change(other)}>
      <span className="sr-only">{`${t("switch_language")} `}</span>
      <span lang={other} translate="no">
        {OWN_NAME[other]}
      </span>
    </Button>
  );
}
