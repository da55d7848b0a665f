/** One component per mark of engagements: where it stands, who is what. */
import {
  CheckCircle2,
  CircleDashed,
  CircleDot,
  CircleSlash,
  Flag,
  PauseCircle,
  Send,
  type LucideIcon,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { EngagementStatus, MemberRole } from "@/api/types";
import { Mark, type Tone } from "@/components/marks";

const STATUSES: Record<EngagementStatus, [LucideIcon, Tone]> = {
  draft: [CircleDashed, "quiet"],
  proposed: [Send, "plain"],
  active: [CircleDot, "good"],
  on_hold: [PauseCircle, "warn"],
  closing: [Flag, "plain"],
  closed: [CheckCircle2, "quiet"],
  cancelled: [CircleSlash, "quiet"],
};

export function EngagementMark({ status }: { status: EngagementStatus }) {
  const { t } = useTranslation("engagements");
  const [icon, tone] = STATUSES[status];
  return (
    <Mark icon={icon} tone={tone}>
      {t(`status.${status}`)}
    </Mark>
  );
}

export const CLIENT_ROLES: readonly MemberRole[] = ["executive", "client_pm", "core", "peripheral"];
export const FIRM_ROLES: readonly MemberRole[] = ["director", "consulting_pm", "consultant", "expert"];
export const STATUS_ORDER = Object.keys(STATUSES) as EngagementStatus[];
/** Who works in a business domain, and so must have one. */
export const WITH_DOMAIN: readonly MemberRole[] = ["core", "peripheral"];

export const isClientRole = (role: MemberRole) => CLIENT_ROLES.includes(role);
