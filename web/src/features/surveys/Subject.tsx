import { useTranslation } from "react-i18next";
import type { SurveyInvitation } from "@/api/types";
import { sayText } from "@/lib/said";

/** What is asked about: its number, and what a case was about, as nobody knows cases by their numbers. */
export function Subject({ item }: { item: Pick<SurveyInvitation, "subject" | "about"> }) {
  const { i18n } = useTranslation();
  return (
    <span>
      <span className="num">{item.subject}</span>
      {item.about && ` ${sayText(item.about, i18n.language)}`}
    </span>
  );
}
