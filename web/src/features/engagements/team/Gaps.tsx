import { Button } from "antd";
import { UsersRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Gap, MemberRole, TeamMap } from "@/api/types";
import { sayText } from "@/lib/said";
import type { MemberAsked } from "./MemberDialog";

const MENDS: Record<string, MemberRole> = {
  no_consulting_pm: "consulting_pm",
  no_client_pm: "client_pm",
  no_executive: "executive",
  domain_without_core: "core",
  domain_without_peripheral: "peripheral",
};

const NO_DOMAIN = "no_domain";

/** What a gap asks for: a place to fill, or a peripheral member to be attached anew. */
function mendOf(gap: Gap): MemberAsked | null {
  const role = MENDS[gap.code];
  if (role) return { role, domains: gap.domain ? [gap.domain] : [] };
  return gap.member_id ? { memberId: gap.member_id } : null;
}

interface Props {
  gaps: readonly Gap[];
  team?: TeamMap;
  staffs?: readonly MemberRole[];
  onMend?: (asked: MemberAsked) => void;
  /** Where the domains are named, for whoever may. */
  edit?: string;
}

/** What the team lacks, each with the one act that mends it where the reader may. */
export function Gaps({ gaps, team, staffs, onMend, edit }: Props) {
  const { t, i18n } = useTranslation(["team", "engagements"]);
  if (gaps.length === 0) return null;
  const places = gaps.filter((gap) => gap.code in MENDS).length;
  const nameOf = (id: string | null) => team?.client.find((person) => person.id === id)?.name;
  return (
    <section className="banner banner-warn gaps" aria-label={t("gaps")}>
      <h2>
        <UsersRound size={16} aria-hidden="true" />
        {places > 0 ? t("gaps_title", { count: places }) : t("gaps")}
      </h2>
      <ul>
        {gaps.map((gap) => {
          const mend = mendOf(gap);
          const who = nameOf(gap.member_id);
          const may = mend && (!staffs || staffs.includes(mend.role ?? "peripheral"));
          return (
            <li key={`${gap.code}.${gap.domain ?? gap.member_id ?? ""}`}>
              <span>
                {who && <strong>{who} </strong>}
                {sayText(gap.text as { en: string; zh: string }, i18n.language)}
              </span>
              {gap.code === NO_DOMAIN && edit && (
                <Link to={edit}>
                  <Button size="small">{t("name_domains")}</Button>
                </Link>
              )}
              {may && onMend && (
                <Button
                  size="small"
                  onClick={() => {
                    onMend(mend);
                  }}
                >
                  {mend.role ? t("fill", { role: t(`engagements:role.${mend.role}`) }) : t("attach")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
