import { Hand } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Case } from "@/api/types";
import { Mark } from "@/components/marks";
import { CaseClock } from "@/components/PromiseClock";
import { isOver } from "../api";

/** The firm cannot go on without this person's word. */
export function waitsForMe(item: Case): boolean {
  const asked = item.need_awaited ?? (Boolean(item.restated_need) && !item.need_confirmed_at && !item.need_comment);
  return item.status === "waiting_client" || item.status === "solution_offered" || (asked && !isOver(item));
}

/** Whose turn it is: this person's, or the firm's by when. */
export function NextWord({ item }: { item: Case }) {
  const { t } = useTranslation("requests");
  if (waitsForMe(item)) return <Mark icon={Hand} tone="warn">{t("your_turn")}</Mark>;
  return isOver(item) ? null : <CaseClock item={item} />;
}
