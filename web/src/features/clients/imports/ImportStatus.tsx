import { AlertTriangle, CheckCircle2, CircleDot, Loader, RotateCcw, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { Mark } from "@/components/marks";

const LOOK: Record<ImportJob["status"], [LucideIcon, "plain" | "good" | "bad" | "quiet" | "warn"]> = {
  analysing: [Loader, "plain"], ready: [CircleDot, "warn"], applying: [Loader, "plain"], applied: [CheckCircle2, "good"],
  undone: [RotateCcw, "quiet"], failed: [AlertTriangle, "bad"],
};

export function ImportStatus({ status }: { status: ImportJob["status"] }) {
  const { t } = useTranslation("imports");
  const [icon, tone] = LOOK[status];
  return <Mark icon={icon} tone={tone}>{t(`status.${status}`)}</Mark>;
}
