import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Problem } from "@/api/problem";
import { useMe } from "@/auth/me";
import { DraftForm } from "@/components/form/DraftForm";
import { Page } from "@/components/Page";
import { useLeave } from "@/components/form/useLeave";
import { useTouch } from "@/lib/useTouch";
import { createClient } from "./api";
import { cleaned, ClientFields, NO_CLIENT, useClientLabels, type ClientValues } from "./ClientForm";
import { Duplicates, type Candidate } from "./Duplicates";

export function NewClientPage() {
  const { t } = useTranslation(["clients", "forms"]);
  const { message } = App.useApp();
  const me = useMe();
  const leave = useLeave();
  const touch = useTouch();
  const labels = useClientLabels();
  const [candidates, setCandidates] = useState<Candidate[]>([]);
  const [distinct, setDistinct] = useState<string[]>([]);

  const submit = async (values: ClientValues) => {
    const body = { ...cleaned(values), confirm_distinct_from: distinct.length ? distinct : undefined };
    const client = await createClient(body);
    void message.success(t("created"));
    await touch(["clients"]);
    leave(`/clients/${client.id}`);
  };
  const onProblem = (problem: Problem) => {
    const found = problem.document["candidates"];
    if (problem.status !== 409 || !Array.isArray(found)) return false;
    setCandidates(found as Candidate[]);
    return true;
  };
  return (
    <Page width="form" title={t("new_title")} back={{ to: "/clients", label: t("title") }}>
      <DraftForm<ClientValues>
        draft="client.new"
        initial={{ ...NO_CLIENT, owner_id: me?.user.id ?? null }}
        submit={submit}
        submitLabel={t("create")}
        labels={labels}
        onProblem={onProblem}
        cancel={
          <Link to="/clients">
            <Button type="text">{t("forms:cancel")}</Button>
          </Link>
        }
      >
        {(form) => <>
          <ClientFields owner={me ? { id: me.user.id, name: me.user.name } : null} />
          {candidates.length > 0 && (
            <Duplicates candidates={candidates} confirmed={distinct.length > 0} onConfirm={() => {
              setDistinct(candidates.map((candidate) => candidate.id));
              setTimeout(() => { form.submit(); }, 0);
            }} />
          )}
        </>}
      </DraftForm>
    </Page>
  );
}
