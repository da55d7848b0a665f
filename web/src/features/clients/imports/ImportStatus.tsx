import { AlertTriangle, CheckCircle2, CircleDot, Loader, RotateCcw, Trash2, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { Mark } from "@/components/marks";
import { findsClients, isBare } from "./api";

const LOOK: Record<ImportJob["status"], [LucideIcon, "plain" | "good" | "bad" | "quiet" | "warn"]> = {
  analysing: [Loader, "plain"],
  ready: [CircleDot, "warn"],
  applying: [Loader, "plain"],
  applied: [CheckCircle2, "good"],
  undone: [RotateCcw, "quiet"],
  discarded: [Trash2, "quiet"],
  failed: [AlertTriangle, "bad"],
};

/** Where an import stands; one without rows, or whose columns say of no client, is not ready, whatever was checked. */
export function ImportStatus({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const [icon, tone] = LOOK[job.status];
  const unready = isBare(job)
    ? "status_bare"
    : job.status === "ready" && !findsClients(job) ? "status_unmapped" : null;
  return (
    <Mark icon={unready ? AlertTriangle : icon} tone={tone}>
      {t(unready ?? `status.${job.status}`)}
    </Mark>
  );
}
