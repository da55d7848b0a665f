import { App as AntApp, ConfigProvider } from "antd";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { widgetLocale } from "@/i18n";
import { useMedia } from "@/lib/useWidth";
import { cssVariables, themeFor, type Appearance } from "./tokens";

const STORED = "rapport.appearance";
export type Choice = Appearance | "system";

const Context = createContext<{ choice: Choice; choose: (choice: Choice) => void }>({
  choice: "system", choose: () => undefined,
});
export const useAppearance = () => useContext(Context);

function stored(): Choice {
  const value = localStorage.getItem(STORED);
  return value === "light" || value === "dark" ? value : "system";
}

export function Theme({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [choice, setChoice] = useState<Choice>(stored);
  const system: Appearance = useMedia("(prefers-color-scheme: dark)") ? "dark" : "light";
  const still = useMedia("(prefers-reduced-motion: reduce)");
  const appearance = choice === "system" ? system : choice;

  useEffect(() => {
    const root = document.documentElement;
    root.dataset["appearance"] = appearance;
    for (const [name, value] of Object.entries(cssVariables(appearance))) root.style.setProperty(name, value);
  }, [appearance]);

  const value = useMemo(() => ({
    choice,
    choose: (next: Choice) => { localStorage.setItem(STORED, next); setChoice(next); },
  }), [choice]);

  return (
    <Context.Provider value={value}>
      <ConfigProvider
        theme={themeFor(appearance, still)}
        locale={widgetLocale(i18n.language)}
        button={{ autoInsertSpace: false }}
      >
        <AntApp message={{ maxCount: 3 }}>{children}</AntApp>
      </ConfigProvider>
    </Context.Provider>
  );
}
