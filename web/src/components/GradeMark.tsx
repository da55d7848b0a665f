import type { Grade } from "@/api/types";
import { useWords } from "@/i18n/words";
import { Nothing } from "./When";

/** A client's grade: a letter in a frame, said in words to whoever listens. */
export function GradeMark({ grade }: { grade: Grade | null | undefined }) {
  const t = useWords("rhythm");
  if (!grade) return <Nothing />;
  return (
    <span className={`grade grade-${grade.toLowerCase()}`}>
      <span className="sr-only">{t("grade")} </span>
      {grade}
    </span>
  );
}
