import type { Said } from "@/api/types";

/** The system's own sentence in the person's language. */
export function sayText(said: Said | null | undefined, language: string): string {
  if (!said) return "";
  return typeof said === "string" ? said : language.startsWith("zh") ? said.zh : said.en;
}
