import type { Contact, Engagement } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { useEngagements, useTeam } from "../api";
import { ChannelNote } from "./ChannelNote";

type Person = Pick<Contact, "id" | "name">;

/** The way to people of a client who are members of its live engagements, before they are contacted. */
export function ClientChannels({ clientId, people }: { clientId: string; people: readonly Person[] }) {
  const may = usePermission("channel:view");
  const live = useEngagements({ client_id: clientId, live: true }, may && people.length > 0);
  return live.data?.map((engagement) => <OfEngagement key={engagement.id} engagement={engagement} people={people} />);
}

/** Contacts and members are known by name within one client: two registers of the same people. */
function OfEngagement({ engagement, people }: { engagement: Engagement; people: readonly Person[] }) {
  const team = useTeam(engagement.id);
  return people.map((person) => {
    const member = team.data?.client.find((one) => one.name === person.name);
    if (!member) return null;
    return (
      <ChannelNote
        key={person.id}
        engagement={engagement}
        who={{ user_id: member.user_id, contact_id: person.id }}
        name={person.name}
        named
      />
    );
  });
}
