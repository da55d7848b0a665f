import {
  BookUser,
  Building2,
  Handshake,
  Inbox,
  KeyRound,
  Languages,
  LogOut,
  Plus,
  SunMoon,
  Target,
  Upload,
  UserPlus,
  type LucideIcon,
} from "lucide-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Me, Page, SearchHit } from "@/api/types";
import { permits } from "@/auth/permissions";
import { useDeferred } from "@/lib/useDeferred";
import { useAppearance } from "@/theme/Theme";
import { titleOf } from "@/lib/said";
import { OWN_NAME, useSwitchLanguage } from "./LanguageSwitch";
import { useSignOut } from "./MeMenu";
import { usePlaces } from "./places";
import { ranked } from "./ranking";

export interface Command {
  key: string;
  group: string;
  label: string;
  detail?: string;
  icon: LucideIcon;
  to?: string;
  act?: () => void;
}

/** Of so many that were touched last the best are shown. */
const ASKED = 50;
const MOST = 20;

function useActs(me: Me): Command[] {
  const { t, i18n } = useTranslation("shell");
  const change = useSwitchLanguage(me);
  const signOut = useSignOut();
  const { choice, choose } = useAppearance();
  const other = i18n.language === "zh-CN" ? "en" as const : "zh-CN" as const;
  const group = t("command_do");
  const acts: (Command | false)[] = [
    permits(me, "client:create") && {
      key: "new-client",
      group,
      label: t("do.new_client"),
      icon: Plus,
      to: "/clients/new",
    },
    permits(me, "case:open") && { key: "new-case", group, label: t("do.new_case"), icon: Inbox, to: "/cases/new" },
    permits(me, "opportunity:create") && {
      key: "new-opportunity",
      group,
      label: t("do.new_opportunity"),
      icon: Target,
      to: "/opportunities/new",
    },
    permits(me, "import:create") && { key: "import", group, label: t("do.import"), icon: Upload, to: "/imports" },
    permits(me, "user:create") && {
      key: "invite",
      group,
      label: t("do.invite"),
      icon: UserPlus,
      to: "/users?invite=1",
    },
    permits(me, "key:create") && { key: "key", group, label: t("do.key"), icon: KeyRound, to: "/keys?new=1" },
    {
      key: "language",
      group,
      label: `${t("switch_language")}: ${OWN_NAME[other]}`,
      icon: Languages,
      act: () => void change(other),
    },
    {
      key: "appearance",
      group,
      label: t(choice === "dark" ? "do.light" : "do.dark"),
      icon: SunMoon,
      act: () => {
        choose(choice === "dark" ? "light" : "dark");
      },
    },
    { key: "sign-out", group, label: t("sign_out"), icon: LogOut, act: () => void signOut() },
  ];
  return acts.filter((act): act is Command => act !== false);
}

/** Places and acts whose words contain what was typed. */
export function useCommands(me: Me, text: string): Command[] {
  const { t } = useTranslation("shell");
  const acts = useActs(me);
  const wanted = text.trim().toLowerCase();
  const places: Command[] = usePlaces(me).map((place) => ({
    key: place.key, group: t("command_go"), label: t(`place.${place.key}`), icon: place.icon, to: place.to,
  }));
  return [...places, ...acts].filter((command) => !wanted || command.label.toLowerCase().includes(wanted));
}

const KINDS: Record<SearchHit["kind"], { icon: LucideIcon; to: (hit: SearchHit) => string }> = {
  client: { icon: Building2, to: (hit) => `/clients/${hit.id}` },
  contact: { icon: BookUser, to: (hit) => `/clients/${hit.client?.id ?? ""}` },
  case: { icon: Inbox, to: (hit) => `/cases/${hit.id}` },
  engagement: { icon: Handshake, to: (hit) => `/engagements/${hit.id}` },
};

/** A city that is a province of its own is named once. */
function placeOnce({ kind, subtitle }: SearchHit): string | null {
  return kind === "client" ? subtitle?.replace(/^(\S+) \1(?= |$)/, "$1") ?? null : subtitle;
}

export function useHits(text: string): { found: Command[]; searching: boolean } {
  const { t, i18n } = useTranslation("shell");
  const q = useDeferred(text.trim(), 180);
  const answer = useQuery({
    queryKey: ["search", q], enabled: q.length > 0, staleTime: 10_000,
    queryFn: ({ signal }) => api.get<Page<SearchHit>>("/search", { q, limit: ASKED }, signal),
  });
  const found = useMemo(
    () =>
      ranked(q ? (answer.data?.items ?? []) : [], q)
        .slice(0, MOST)
        .map((hit): Command => {
          const kind = KINDS[hit.kind];
          const detail = placeOnce(hit) ?? (hit.kind === "contact" ? hit.client?.name : null);
          return {
            key: `${hit.kind}:${hit.id}`,
            group: t("command_found"),
            label: titleOf(hit, i18n.language),
            detail: detail ?? undefined,
            icon: kind.icon,
            to: kind.to(hit),
          };
        }),
    [answer.data, q, t, i18n.language],
  );
  return { found, searching: answer.isFetching || q !== text.trim() };
}
