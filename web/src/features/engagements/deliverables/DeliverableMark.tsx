import { CheckCircle2, Gavel, Megaphone, MessagesSquare, PencilLine, Search, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DeliverableStatus } from "@/api/types";
import { Mark, type Tone } from "@/components/marks";

const STATUSES: Record<DeliverableStatus, [LucideIcon, Tone]> = {
  draft: [PencilLine, "quiet"],
  commenting: [MessagesSquare, "plain"],
  checking: [Search, "plain"],
  deciding: [Gavel, "warn"],
  accepted: [CheckCircle2, "good"],
  rolling_out: [Megaphone, "plain"],
  done: [CheckCircle2, "good"],
};

export function DeliverableMark({ status }: { status: DeliverableStatus }) {
  const { t } = useTranslation("deliverables");
  const [icon, tone] = STATUSES[status];
  return (
    <Mark icon={icon} tone={tone}>
      {t(`status.${status}`)}
    </Mark>
  );
}
