import {
  BookUser,
  Building2,
  Handshake,
  Inbox,
  KeyRound,
  Languages,
  LogOut,
  PhoneCall,
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
import { useMatch } from "react-router";
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

/** What is begun from anywhere, with the right it needs. */
const FORMS = [
  ["new_client", "client:create", Plus, "/clients/new"],
  ["new_case", "case:open", Inbox, "/cases/new"],
  ["new_opportunity", "opportunity:create", Target, "/opportunities/new"],
  ["new_engagement", "engagement:draft", Handshake, "/engagements/new"],
  ["import", "import:create", Upload, "/imports"],
  ["invite", "user:create", UserPlus, "/users?invite=1"],
  ["key", "key:create", KeyRound, "/keys?new=1"],
] as const;

/** The client whose page is open: one records a contact with somebody, never with nobody. */
function useClientHere(): string | undefined {
  const id = useMatch("/clients/:id/*")?.params.id;
  return id === "new" ? undefined : id;
}

function useActs(me: Me): Command[] {
  const { t, i18n } = useTranslation("shell");
  const change = useSwitchLanguage(me);
  const signOut = useSignOut();
  const { choice, choose } = useAppearance();
  const other = i18n.language === "zh-CN" ? "en" as const : "zh-CN" as const;
  const group = t("command_do");
  const client = useClientHere();
  const acts: (Command | false)[] = [
    ...FORMS.filter(([, right]) => permits(me, right)).map(([key, , icon, to]) => ({
      key, group, label: t(`do.${key}`), icon, to,
    })),
    client !== undefined && permits(me, "interaction:create") && {
      key: "record_contact",
      group,
      label: t("do.record_contact"),
      icon: PhoneCall,
      to: `/clients/${client}/interactions/new`,
    },
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
