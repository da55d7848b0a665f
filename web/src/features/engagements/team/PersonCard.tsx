import { Avatar, Button, Dropdown } from "antd";
import { MoreHorizontal, Plus, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { MemberRole, TeamPerson } from "@/api/types";
import { initials } from "@/lib/names";

interface Props {
  person: TeamPerson;
  self: boolean;
  onEdit?: () => void;
  onEnd?: () => void;
  children?: ReactNode;
}

/** A member on the map, with those who answer to them drawn below. */
export function PersonCard({ person, self, onEdit, onEnd, children }: Props) {
  const { t } = useTranslation(["team", "engagements", "common"]);
  const items = [
    ...(onEdit ? [{ key: "edit", label: t("change"), onClick: onEdit }] : []),
    ...(onEnd ? [{ key: "end", label: t("end"), danger: true, onClick: onEnd }] : []),
  ];
  return (
    <div className="member">
      <div className={`member-card ${self ? "member-self" : ""}`}>
        <Avatar size={28} className="avatar" aria-hidden="true">
          {initials(person.name)}
        </Avatar>
        <span className="member-words">
          <strong>{person.name}</strong>
          <span>
            {t(`engagements:role.${person.role}`)}
            {self && ` · ${t("you")}`}
          </span>
        </span>
        {items.length > 0 && (
          <Dropdown trigger={["click"]} menu={{ items }}>
            <Button
              size="small"
              type="text"
              className="no-print"
              icon={<MoreHorizontal size={16} />}
              aria-label={`${t("common:more")}: ${person.name}`}
              aria-haspopup="menu"
            />
          </Dropdown>
        )}
      </div>
      {children && <div className="member-under">{children}</div>}
    </div>
  );
}

/** A place nobody holds yet, drawn where its holder would stand. */
export function Vacancy({ role, onAdd }: { role: MemberRole; onAdd?: () => void }) {
  const { t } = useTranslation(["team", "engagements"]);
  const name = t(`engagements:role.${role}`);
  return (
    <div className="member">
      <div className="member-card member-none">
        <UserRound size={16} aria-hidden="true" />
        <span className="member-words">
          <span>{name}</span>
          <span>{t("nobody")}</span>
        </span>
        {onAdd && (
          <Button
            size="small"
            type="text"
            className="no-print"
            icon={<Plus size={14} />}
            aria-label={t("fill", { role: name })}
            onClick={onAdd}
          />
        )}
      </div>
    </div>
  );
}
