import { ClipboardCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Case } from "@/api/types";
import { KindMark, Mark } from "@/components/marks";

/** A low answer to a survey opens a case; nobody of the client complained. */
export const opensFromSurvey = (item: Pick<Case, "channel">) => item.channel === "survey";

/** What a person came with, or the answer of theirs that the firm follows up. */
export function RequestKind({ item }: { item: Case }) {
  const { t } = useTranslation("requests");
  if (!opensFromSurvey(item)) return <KindMark kind={item.kind} />;
  return <Mark icon={ClipboardCheck} tone="plain">{t("survey_kind")}</Mark>;
}
