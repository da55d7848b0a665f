import { Button } from "antd";
import { CalendarClock } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Engagement, MemberRole, TeamPerson } from "@/api/types";
import { ourName, useMe } from "@/auth/me";
import { Mark } from "@/components/marks";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { Day, Nothing } from "@/components/When";
import { useMembers } from "../api";

interface Props {
  engagement: Engagement;
  staffs: readonly MemberRole[];
  onEnd: (person: TeamPerson) => void;
}

/** The places as rows: live and planned ones first, ended ones after them. */
export function TeamTable({ engagement, staffs, onEnd }: Props) {
  const { t } = useTranslation(["team", "engagements"]);
  const members = useMembers(engagement.id);
  const us = ourName(useMe(), t("our_side"));
  if (members.isPending) return <RowSkeletons rows={6} />;
  if (members.isError) return <ProblemNotice error={members.error} onRetry={() => void members.refetch()} />;
  const nameOf = (id: string | null) => members.data.find((member) => member.id === id)?.user.name;
  const rows = [...members.data].sort(
    (a, b) => Number(a.status === "ended") - Number(b.status === "ended") || a.side.localeCompare(b.side),
  );
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="plain-table team-table">
        <thead>
          <tr>
            {(["person", "side", "role", "domains", "answers_to", "from", "until"] as const).map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{t("acts")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((member) => (
            <tr key={member.id} className={member.status === "ended" ? "row-past" : undefined}>
              <th scope="row" data-record="">
                {member.user.name}
              </th>
              <td>{member.side === "firm" ? us : engagement.client.name}</td>
              <td>{t(`engagements:role.${member.role}`)}</td>
              <td>{member.domains.join(" · ") || <Nothing />}</td>
              <td>{nameOf(member.answers_to) ?? <Nothing />}</td>
              <td>
                <Day on={member.starts_on} />
                {member.status === "planned" && (
                  <Mark icon={CalendarClock} tone="plain">
                    {t("planned")}
                  </Mark>
                )}
              </td>
              <td>{member.ends_on ? <Day on={member.ends_on} /> : <Nothing />}</td>
              <td>
                {member.status !== "ended" && staffs.includes(member.role) && (
                  <Button
                    size="small"
                    type="text"
                    danger
                    onClick={() => {
                      onEnd({ ...member, name: member.user.name ?? "" });
                    }}
                  >
                    {t("end")}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
