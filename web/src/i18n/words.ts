/** The words of one namespace for what stands on a page a hundred times. */
import { useSyncExternalStore } from "react";
import i18next, { type Namespace, type TFunction } from "i18next";

function subscribe(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => { i18next.off("languageChanged", listener); };
}

/** The language in use, without more. */
export function useLanguage(): string { return useSyncExternalStore(subscribe, () => i18next.language); }

const words = new Map<string, unknown>();

/** As `useTranslation`, which copies its whole engine for every component that asks: too dear in the rows of a list. */
export function useWords<N extends Namespace & string>(namespace: N): TFunction<N> {
  const language = useLanguage();
  const key = `${language}:${namespace}`;
  const known = words.get(key) ?? i18next.getFixedT(language, namespace);
  words.set(key, known);
  return known as TFunction<N>;
}
