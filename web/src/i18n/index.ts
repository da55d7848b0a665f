/** The one place for the language: choosing, loading, changing. */
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import type { Locale } from "antd/es/locale";
import { speak } from "@/api/client";
import type { Language } from "@/api/types";

export const LANGUAGES: readonly Language[] = ["zh-CN", "en"];
const STORED = "rapport.language";

const LOADERS = {
  "zh-CN": () => Promise.all([import("@/locales/zh-CN"), import("antd/es/locale/zh_CN")]),
  en: () => Promise.all([import("@/locales/en"), import("antd/es/locale/en_US")]),
} as const;

/** The server says "zh" or "en"; the interface needs the full tag. */
export function languageOf(tag: string): Language { return tag.toLowerCase().startsWith("zh") ? "zh-CN" : "en"; }

const widgetLocales = new Map<string, Locale>();

export function preferredLanguage(
  stored: string | null = localStorage.getItem(STORED),
  browser: readonly string[] = navigator.languages,
): Language {
  if (stored === "zh-CN" || stored === "en") return stored;
  for (const tag of browser) {
    if (tag.toLowerCase().startsWith("zh")) return "zh-CN";
    if (tag.toLowerCase().startsWith("en")) return "en";
  }
  return "zh-CN";
}

async function load(language: Language): Promise<void> {
  if (widgetLocales.has(language)) return;
  const [messages, widgets] = await LOADERS[language]();
  for (const [namespace, bundle] of Object.entries(messages.default)) {
    i18next.addResourceBundle(language, namespace, bundle, true, true);
  }
  widgetLocales.set(language, widgets.default);
}

export function widgetLocale(language: string): Locale | undefined { return widgetLocales.get(language); }

export async function changeLanguage(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(STORED, language);
  speak(language);
  dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

export async function startLanguage(): Promise<void> {
  if (!i18next.isInitialized) await initialise();
  await changeLanguage(preferredLanguage());
}

async function initialise(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    fallbackLng: false,
    defaultNS: "common",
    // Where a text is missing, its key stands out, to people and to the tests.
    parseMissingKeyHandler: (key) => `⟦${key}⟧`,
    interpolation: { escapeValue: false },
    react: { useSuspense: false, bindI18nStore: "added" },
  });
}
