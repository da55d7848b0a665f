import { App as AntApp, ConfigProvider } from "antd";
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { widgetLocale } from "@/i18n";
import { cssVariables, themeFor, type Appearance } from "./tokens";

const STORED = "rapport.appearance";
export type Choice = Appearance | "system";

const Context = createContext<{ choice: Choice; choose: (choice: Choice) => void }>({
  choice: "system", choose: () => undefined,
});
export const useAppearance = () => useContext(Context);

function useSystemAppearance(): Appearance {
  const query = useMemo(() => window.matchMedia("(prefers-color-scheme: dark)"), []);
  const [dark, setDark] = useState(query.matches);
  useEffect(() => {
    const listen = () => { setDark(query.matches); };
    query.addEventListener("change", listen);
    return () => { query.removeEventListener("change", listen); };
  }, [query]);
  return dark ? "dark" : "light";
}

function stored(): Choice {
  const value = localStorage.getItem(STORED);
  return value === "light" || value === "dark" ? value : "system";
}

export function Theme({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const [choice, setChoice] = useState<Choice>(stored);
  const system = useSystemAppearance();
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
      <ConfigProvider theme={themeFor(appearance)} locale={widgetLocale(i18n.language)} button={{ autoInsertSpace: false }}>
        <AntApp message={{ maxCount: 3 }}>{children}</AntApp>
      </ConfigProvider>
    </Context.Provider>
  );
}
