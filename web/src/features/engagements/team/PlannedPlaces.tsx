import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Engagement, MemberRole, TeamPerson } from "@/api/types";
import { Section } from "@/components/Page";
import { Day } from "@/components/When";
import { useMembers } from "../api";

interface Props {
  engagement: Engagement;
  staffs: readonly MemberRole[];
  onEnd: (person: TeamPerson) => void;
}

/** Who joins on a day ahead: drawn below the map, for they are not on the team yet. */
export function PlannedPlaces({ engagement, staffs, onEnd }: Props) {
  const { t } = useTranslation(["team", "engagements"]);
  const members = useMembers(engagement.id);
  const planned = members.data?.filter((member) => member.status === "planned") ?? [];
  if (planned.length === 0) return null;
  return (
    <Section title={t("planned_title")} count={planned.length}>
      <ul className="lines">
        {planned.map((member) => (
          <li key={member.id}>
            <strong>{member.user.name}</strong>
            <span>
              {t("joins_on")} <Day on={member.starts_on} />
            </span>
            <span className="meta body">
              <span>{t(`engagements:role.${member.role}`)}</span>
              {member.domains.length > 0 && <span>{member.domains.join(" · ")}</span>}
              {staffs.includes(member.role) && (
                <Button
                  size="small"
                  type="link"
                  className="flush-small"
                  onClick={() => {
                    onEnd({ ...member, name: member.user.name ?? "" });
                  }}
                >
                  {t("give_up")}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
