import { Ban } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Contact } from "@/api/types";

export function PersonLine({ person }: { person: Contact }) {
  const { t } = useTranslation("clients");
  const place = [person.department, person.title].filter(Boolean).join(" · ");
  const number = person.mobile ?? person.phone;
  return (
    <div className="person">
      <strong>{person.name}</strong>
      {place && <span className="soft">{place}</span>}
      {person.do_not_contact ? (
        <span className="dnc">
          <Ban size={14} aria-hidden="true" />
          {t("do_not_contact")}
          {person.do_not_contact_reason && ` · ${person.do_not_contact_reason}`}
        </span>
      ) : (
        <span className="card-marks">
          {number && (
            <a href={`tel:${number}`} className="num">
              {number}
            </a>
          )}
          {person.email && <a href={`mailto:${person.email}`}>{person.email}</a>}
          {person.wechat && (
            <span>
              {t("wechat")} {person.wechat}
            </span>
          )}
        </span>
      )}
    </div>
  );
}
