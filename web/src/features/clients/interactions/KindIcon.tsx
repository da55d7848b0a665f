import { CalendarDays, Gift, Mail, MapPin, MessageSquare, Phone, Users, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { InteractionKind } from "@/api/types";
import { Mark } from "@/components/marks";

export const KINDS: readonly InteractionKind[] = ["call", "visit", "meeting", "message", "mail", "event", "greeting"];
const ICONS: Record<InteractionKind, LucideIcon> = {
  call: Phone, visit: MapPin, meeting: Users, message: MessageSquare, mail: Mail, event: CalendarDays, greeting: Gift,
};

export function InteractionMark({ kind }: { kind: InteractionKind }) {
  const { t } = useTranslation("interactions");
  return <Mark icon={ICONS[kind]} tone="plain">{t(`kind.${kind}`)}</Mark>;
}
