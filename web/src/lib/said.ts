import type { Said } from "@/api/types";

/** The system's own sentence in the person's language. */
export function sayText(said: Said | null | undefined, language: string): string {
  if (!said) return "";
  return typeof said === "string" ? said : language.startsWith("zh") ? said.zh : said.en;
}

/** What a record is called, likewise. */
export function titleOf(record: { title: string; title_texts?: Said | null }, language: string): string {
  return sayText(record.title_texts ?? record.title, language);
}

/** What a case is called: in the person's language where Rapport itself wrote it, else as it was written. */
export function subjectOf(record: { subject: string; subject_texts?: Said | null }, language: string): string {
  return sayText(record.subject_texts ?? record.subject, language);
}

/** Sentences one after the other: after a Chinese full-width mark no blank follows. */
export function sentences(parts: readonly string[], language: string): string {
  return parts.join(language.startsWith("zh") ? "" : " ");
}
