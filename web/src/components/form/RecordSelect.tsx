import { Select } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Query } from "@/api/client";
import type { Client, Page, Ref, User } from "@/api/types";
import { useClearing } from "./useClearing";
import { useDeferred } from "@/lib/useDeferred";

interface Props {
  id?: string; value?: string | null; onChange?: (value: string | null) => void; disabled?: boolean;
  /** What is chosen already, so that its name shows before anything is searched. */
  known?: Ref | null; placeholder?: string; "aria-label"?: string;
}

function useOptions<T>(key: string, path: string, query: Query, say: (row: T) => Ref, enabled: boolean) {
  return useQuery({
    queryKey: [key, "options", path, query], enabled, staleTime: 60_000,
    queryFn: async ({ signal }) => (await api.get<Page<T>>(path, { ...query, limit: 30 }, signal)).items.map(say),
  });
}

/** What is chosen, by name: known already, or read. */
function useChosen<T>(
  collection: string,
  say: (row: T) => Ref,
  id: string | null | undefined,
  among: readonly (Ref | null | undefined)[],
): Ref | undefined {
  const known = among.find((ref) => ref && ref.id === id) ?? undefined;
  const read = useOptions(collection, `/${collection}`, { id }, say, Boolean(id) && !known);
  return known ?? (id ? read.data?.[0] : undefined);
}

function RecordSelect<T>({
  collection,
  query,
  say,
  ...props
}: Props & { collection: string; query: Query; say: (row: T) => Ref }) {
  const { t } = useTranslation("forms");
  const clearing = useClearing();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const q = useDeferred(text, 200);
  const options = useOptions(collection, `/${collection}`, { ...query, q }, say, open);
  const searching = text !== q || options.isFetching;
  // What was found for other words is not offered: Enter would take it.
  const rows = text === q ? [...(options.data ?? [])] : [];
  const [taken, setTaken] = useState<Ref | null>(null);
  const chosen = useChosen(collection, say, props.value, [props.known, taken]);
  // The list begins anew once something is chosen, and need not hold it.
  if (chosen && !text && !rows.some((row) => row.id === chosen.id)) rows.unshift(chosen);
  return (
    <Select
      id={props.id}
      aria-label={props["aria-label"]}
      className="wide"
      allowClear={clearing}
      disabled={props.disabled}
      value={props.value || undefined}
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      loading={searching}
      placeholder={props.placeholder ?? t("find")}
      notFoundContent={searching ? t("searching") : t("nothing_found")}
      onOpenChange={setOpen}
      options={rows.map((row) => ({ value: row.id, label: row.name }))}
      onChange={(value: string | undefined) => {
        setTaken(rows.find((row) => row.id === value) ?? null);
        setText("");
        props.onChange?.(value ?? null);
      }}
    />
  );
}

const FIRM_USERS: Query = { side: "firm", status: "active" };
const userName = (user: User): Ref => ({ id: user.id, name: user.title ? `${user.name} · ${user.title}` : user.name });
const clientName = (client: Client): Ref => ({ id: client.id, name: client.legal_name });

export function ColleagueSelect(props: Props) {
  return <RecordSelect<User> {...props} collection="users" query={FIRM_USERS} say={userName} />;
}

export function ClientPersonSelect({ clientId, ...props }: Props & { clientId: string | null | undefined }) {
  return (
    <RecordSelect<User>
      {...props}
      collection="users"
      query={{ side: "client", client_id: clientId }}
      say={userName}
      disabled={props.disabled || !clientId}
    />
  );
}

export function ClientSelect(props: Props) {
  return <RecordSelect<Client> {...props} collection="clients" query={{}} say={clientName} />;
}
