import { AlertTriangle, CheckCircle2, CircleDot, Loader, RotateCcw, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ImportJob } from "@/api/types";
import { Mark } from "@/components/marks";
import { findsClients } from "./api";

const LOOK: Record<ImportJob["status"], [LucideIcon, "plain" | "good" | "bad" | "quiet" | "warn"]> = {
  analysing: [Loader, "plain"],
  ready: [CircleDot, "warn"],
  applying: [Loader, "plain"],
  applied: [CheckCircle2, "good"],
  undone: [RotateCcw, "quiet"],
  failed: [AlertTriangle, "bad"],
};

/** Where an import stands; one whose columns say of no client is not ready, whatever was checked. */
export function ImportStatus({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const [icon, tone] = LOOK[job.status];
  const unmapped = job.status === "ready" && !findsClients(job);
  return (
    <Mark icon={unmapped ? AlertTriangle : icon} tone={tone}>
      {t(unmapped ? "status_unmapped" : `status.${job.status}`)}
    </Mark>
  );
}
