import { Button, Dropdown } from "antd";
import { MoreHorizontal, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Client, Contact } from "@/api/types";
import { useCan, usePermission } from "@/auth/permissions";
import { Section } from "@/components/Page";
import { useAct } from "@/components/useAct";
import { useDanger } from "@/components/useDanger";
import { PersonDialog } from "./PersonDialog";
import { PersonLine } from "./PersonLine";

/** The people of a client, with what may be done about them. */
export function People({ client, people }: { client: Client; people: readonly Contact[] }) {
  const { t } = useTranslation("clients");
  const mayAdd = useCan(client, "add_contact", "contact:create");
  const [editing, setEditing] = useState<Contact | "new" | null>(null);
  return (
    <Section
      title={t("contacts")}
      count={people.length}
      actions={
        mayAdd && (
          <Button
            size="small"
            icon={<Plus size={14} />}
            onClick={() => {
              setEditing("new");
            }}
          >
            {t("person_add")}
          </Button>
        )
      }
    >
      {people.length === 0 && <p className="empty-small">{t("people_empty")}</p>}
      <ul className="lines">
        {people.map((person) => (
          <li key={person.id}>
            <PersonLine person={person} />
            {!client.archived_at && (
              <PersonMenu
                person={person}
                onEdit={() => {
                  setEditing(person);
                }}
              />
            )}
          </li>
        ))}
      </ul>
      <PersonDialog
        key={editing === "new" ? "new" : (editing?.id ?? "none")}
        open={editing !== null}
        clientId={client.id}
        person={editing === "new" ? null : editing}
        onClose={() => {
          setEditing(null);
        }}
      />
    </Section>
  );
}

function PersonMenu({ person, onEdit }: { person: Contact; onEdit: () => void }) {
  const { t } = useTranslation(["clients", "common"]);
  const danger = useDanger();
  const mayEdit = usePermission("contact:edit");
  const mayRemove = usePermission("contact:archive");
  const remove = useAct(() => api.remove(`/contacts/${person.id}`, person.version), {
    touches: ["contacts", "clients"],
  });
  const ask = () =>
    danger({
      title: t("person_remove_title", { name: person.name }),
      content: t("person_remove_text"),
      okText: t("person_remove"),
      onOk: () => remove.mutateAsync(),
    });
  const items = [
    ...(mayEdit ? [{ key: "edit", label: t("edit"), onClick: onEdit }] : []),
    ...(mayRemove ? [{ key: "remove", label: t("person_remove"), danger: true, onClick: () => void ask() }] : []),
  ];
  if (!items.length) return null;
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button
        size="small"
        type="text"
        icon={<MoreHorizontal size={16} />}
        aria-label={`${t("common:more")}: ${person.name}`}
        aria-haspopup="menu"
      />
    </Dropdown>
  );
}
