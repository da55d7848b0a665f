import { App } from "antd";
import { useTranslation } from "react-i18next";
import { copyText } from "@/lib/copying";

const LONG = 15;

/** Copies a text and says so in the given words; where the browser lets nobody, shows it to be copied by hand. */
export function useCopy() {
  const { t } = useTranslation("common");
  const { message } = App.useApp();
  return async (text: string, done: string) => {
    if (await copyText(text)) void message.success(done);
    else void message.warning({ content: <>{t("not_copied")} <code>{text}</code></>, duration: LONG });
  };
}
