import { useTranslation } from "react-i18next";
import type { ReactNode } from "react";
import type { Engagement, MemberRole, TeamMap, TeamPerson } from "@/api/types";
import { ourName, useMe } from "@/auth/me";
import type { MemberAsked } from "./MemberDialog";
import { PersonCard, Vacancy } from "./PersonCard";

interface Props {
  engagement: Engagement;
  team: TeamMap;
  /** Places of which roles the reader may fill, change and end. */
  staffs: readonly MemberRole[];
  onAdd?: (asked: MemberAsked) => void;
  onEnd: (person: TeamPerson) => void;
}

/** Both firms side by side: who decides, who manages, and who works in each domain under whom. */
export function TeamMapView({ engagement, team, staffs, onAdd, onEnd }: Props) {
  const { t } = useTranslation(["team", "engagements"]);
  const me = useMe();
  const adds = (asked: MemberAsked & { role: MemberRole }) =>
    onAdd && staffs.includes(asked.role)
      ? () => {
          onAdd(asked);
        }
      : undefined;
  const card = (person: TeamPerson, under?: ReactNode) => {
    const may = staffs.includes(person.role);
    return (
      <PersonCard
        key={person.id}
        person={person}
        self={person.user_id === me?.user.id}
        onEdit={
          may && onAdd
            ? () => {
                onAdd({ memberId: person.id });
              }
            : undefined
        }
        onEnd={
          may
            ? () => {
                onEnd(person);
              }
            : undefined
        }
      >
        {under}
      </PersonCard>
    );
  };
  const holding = (side: "firm" | "client", role: MemberRole) => team[side].filter((person) => person.role === role);
  const slot = (side: "firm" | "client", role: MemberRole) => {
    const people = holding(side, role);
    return people.length > 0 ? people.map((person) => card(person)) : <Vacancy role={role} onAdd={adds({ role })} />;
  };
  const general = team.firm.filter(
    (person) => ["consultant", "expert"].includes(person.role) && person.domains.length === 0,
  );
  const loose = team.client.filter(
    (person) => person.role === "peripheral" && !team.client.some((core) => core.id === person.answers_to),
  );
  const sides = [engagement.client.name ?? "", ourName(me, t("our_side"))] as const;
  return (
    <div className="team-map" role="group" aria-label={t("map_of", { title: engagement.title })}>
      <div className="team-sides">
        <h2>{sides[0]}</h2>
        <h2>{sides[1]}</h2>
      </div>
      <Tier
        name={t("tier.direction")}
        sides={sides}
        client={slot("client", "executive")}
        firm={slot("firm", "director")}
      />
      <Tier
        name={t("tier.management")}
        sides={sides}
        joined
        client={slot("client", "client_pm")}
        firm={slot("firm", "consulting_pm")}
      />
      {team.domains.map((domain) => (
        <Tier
          key={domain.name}
          name={domain.name}
          sides={sides}
          domain
          client={<Domain name={domain.name} team={team} small={engagement.small} card={card} adds={adds} />}
          firm={team.firm
            .filter((person) => domain.firm.includes(person.id) && ["consultant", "expert"].includes(person.role))
            .map((person) => card(person))}
        />
      ))}
      {(general.length > 0 || loose.length > 0) && (
        <Tier
          name={t("tier.whole")}
          sides={sides}
          client={loose.map((person) => card(person))}
          firm={general.map((person) => card(person))}
        />
      )}
      {team.domains.length === 0 && <p className="empty-small">{t("no_domains")}</p>}
    </div>
  );
}

function Tier({
  name,
  client,
  firm,
  sides,
  joined = false,
  domain = false,
}: {
  name: string;
  /** What either firm is called: said again in each tier where a phone shows them one below the other. */
  sides: readonly [string, string];
  client: ReactNode;
  firm: ReactNode;
  joined?: boolean;
  domain?: boolean;
}) {
  return (
    <section className={`tier ${joined ? "tier-joined" : ""} ${domain ? "tier-domain" : ""}`} aria-label={name}>
      <h3>{name}</h3>
      <div className="tier-client" data-side={sides[0]}>{client}</div>
      <div className="tier-firm" data-side={sides[1]}>{firm}</div>
    </section>
  );
}

interface DomainProps {
  name: string;
  team: TeamMap;
  small: boolean;
  card: (person: TeamPerson, under?: ReactNode) => ReactNode;
  adds: (asked: MemberAsked & { role: MemberRole }) => (() => void) | undefined;
}

/** Core members of a domain, each with the peripheral members who answer to them. */
function Domain({ name, team, small, card, adds }: DomainProps) {
  const cores = team.client.filter((person) => person.role === "core" && person.domains.includes(name));
  if (cores.length === 0) return <Vacancy role="core" onAdd={adds({ role: "core", domains: [name] })} />;
  return cores.map((core) => {
    const under = team.client.filter((person) => person.answers_to === core.id && person.domains.includes(name));
    const add = adds({ role: "peripheral", domains: [name] });
    const none = under.length === 0 && !small && add ? <Vacancy role="peripheral" onAdd={add} /> : null;
    return card(core, under.length > 0 ? under.map((person) => card(person)) : none);
  });
}
