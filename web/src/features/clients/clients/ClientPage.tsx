import { App, Button, Dropdown, Form, Input, Select } from "antd";
import { Archive, MoreHorizontal, PhoneCall, Pencil } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import type { Client, Stage } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { AskDialog } from "@/components/form/AskDialog";
import { GradeMark } from "@/components/GradeMark";
import { Page, Section } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { useDanger } from "@/components/useDanger";
import { Mark, StageMark } from "@/components/marks";
import { useTouch } from "@/lib/useTouch";
import { clearMark } from "@/live/marks";
import { EngagementLines } from "../engagements/EngagementLines";
import { InteractionLines } from "../interactions/InteractionLines";
import { OpportunityLines } from "../opportunities/OpportunityLines";
import { Rhythm } from "../rhythm/Rhythm";
import { SurveyLines } from "../surveys/SurveyLines";
import { People } from "../contacts/People";
import { archiveClient, moveStage, restoreClient, useClientPage } from "./api";
import { CaseLines } from "./CaseLines";
import { ClientFacts } from "./ClientFacts";
import { MergeDialog, SplitDialog } from "./MergeDialogs";
import { ownerOf, STAGES } from "./useClientList";
import { WholeTimeline } from "./WholeTimeline";

export function ClientPage() {
  const { t } = useTranslation("clients");
  const { id = "" } = useParams();
  const page = useClientPage(id);
  useEffect(() => { clearMark(id); }, [id]);
  useOwnAddress(id, page.data?.client);
  if (page.isPending) return <PageSkeleton />;
  if (page.isError) return <PageProblem of={page} />;
  const { client, contacts, timeline, cases, opportunities, engagements, surveys } = page.data;
  return (
    <Page
      title={client.legal_name}
      back={{ to: "/clients", label: t("title") }}
      actions={<ClientActions client={client} />}
      under={
        <>
          {client.archived_at && (
            <Mark icon={Archive} tone="warn">
              {t("archived")}
            </Mark>
          )}
          {client.grade && <GradeMark grade={client.grade} />}
          <StageMark stage={client.stage} />
          <span className="num">{client.number}</span>
          {client.short_name && <span>{client.short_name}</span>}
          <span>{ownerOf(client) ?? t("no_owner")}</span>
        </>
      }
    >
      {client.archived_at && (
        <section className="banner" role="status"><p>{t("archived_text")}</p></section>
      )}
      <div className="split">
        <div className="split-main">
          <Section title={t("summary")}><ClientFacts client={client} /></Section>
          <EngagementLines client={client} items={engagements} />
          <CaseLines client={client} cases={cases} />
          <OpportunityLines client={client} items={opportunities} />
          <InteractionLines client={client} />
        </div>
        <div className="split-side">
          <Rhythm client={client} />
          <SurveyLines results={surveys} />
          <People client={client} people={contacts} />
        </div>
        <div className="split-tail">
          <WholeTimeline key={client.id} clientId={client.id} newest={timeline} />
        </div>
      </div>
    </Page>
  );
}

/** A number leads to the client's own address; so does that of a record which became part of it, with a word. */
function useOwnAddress(asked: string, client: Client | undefined) {
  const { t } = useTranslation("clients");
  const { message } = App.useApp();
  const navigate = useNavigate();
  useEffect(() => {
    if (!client || client.id === asked) return;
    const gone = client.merged_clients?.find((each) => each.id === asked || each.number === asked);
    if (gone) void message.info(t("led_here", { number: gone.number, name: gone.legal_name }));
    void navigate(`/clients/${client.id}`, { replace: true });
  }, [asked, client, message, navigate, t]);
}

function ClientActions({ client }: { client: Client }) {
  const { t } = useTranslation(["clients", "common"]);
  const danger = useDanger();
  const navigate = useNavigate();
  const [moving, setMoving] = useState(false);
  const [merging, setMerging] = useState<"merge" | "split" | null>(null);
  const mayEdit = useCan(client, "edit", "client:edit");
  const mayMove = useCan(client, "stage", "client:stage");
  const mayArchive = useCan(client, "archive", "client:archive");
  const mayMerge = useCan(client, "merge", "client:merge");
  const maySplit = useCan(client, "split", "client:split") && Boolean(client.merged_clients?.length);
  const mayRestore = useCan(client, "restore", "client:archive");
  const mayRecord = useCan(client, "add_interaction", "interaction:create");
  // A plain button: the message stands outside the router.
  const gone = (
    <>
      {t("archived_now")}{" "}
      <Button type="link" size="small" onClick={() => void navigate("/clients?archived=true")}>
        {t("see_archived")}
      </Button>
    </>
  );
  const archive = useAct(() => archiveClient(client), {
    touches: ["clients"],
    done: gone,
    onDone: () => void navigate("/clients"),
  });
  const restore = useAct(() => restoreClient(client), { touches: ["clients"], done: t("restored") });
  const ask = () => danger({
    title: t("archive_title", { name: client.legal_name }), content: t("archive_text"), okText: t("archive"),
    onOk: () => archive.mutateAsync(),
  });
  const more = [
    ...(mayMove ? [{ key: "stage", label: t("move_stage"), onClick: () => { setMoving(true); } }] : []),
    ...(mayMerge ? [{ key: "merge", label: t("merge"), onClick: () => { setMerging("merge"); } }] : []),
    ...(maySplit ? [{ key: "split", label: t("split"), onClick: () => { setMerging("split"); } }] : []),
    { key: "print", label: t("print_brief"), onClick: () => { window.print(); } },
    ...(mayArchive ? [{ key: "archive", label: t("archive"), danger: true, onClick: () => void ask() }] : []),
  ];
  return (
    <>
      {mayRestore && (
        <Button
          type="primary"
          loading={restore.isPending}
          onClick={() => {
            restore.mutate();
          }}
        >
          {t("restore")}
        </Button>
      )}
      {mayRecord && (
        <Link to={`/clients/${client.id}/interactions/new`}>
          <Button type="primary" icon={<PhoneCall size={15} />}>
            {t("record_contact")}
          </Button>
        </Link>
      )}
      {mayEdit && (
        <Link to={`/clients/${client.id}/edit`}>
          <Button icon={<Pencil size={15} />}>{t("edit")}</Button>
        </Link>
      )}
      <Dropdown trigger={["click"]} menu={{ items: more }}>
        <Button icon={<MoreHorizontal size={16} />} aria-label={t("common:more")} aria-haspopup="menu" />
      </Dropdown>
      <MergeDialog client={client} open={merging === "merge"} onClose={() => { setMerging(null); }} />
      <SplitDialog client={client} open={merging === "split"} onClose={() => { setMerging(null); }} />
      <StageDialog
        client={client}
        open={moving}
        onClose={() => {
          setMoving(false);
        }}
      />
    </>
  );
}

function StageDialog({ client, open, onClose }: { client: Client; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(["clients", "forms"]);
  const touch = useTouch();
  const needed = [{ required: true, message: t("forms:required") }];
  const submit = async (values: { stage: Stage; reason: string }) => {
    await moveStage(client, values);
    await touch(["clients"]);
  };
  return (
    <AskDialog<{ stage: Stage; reason: string }>
      open={open}
      title={t("move_stage_title", { name: client.short_name ?? client.legal_name })}
      okText={t("move_stage")}
      submit={submit}
      onClose={onClose}
    >
      <Form.Item name="stage" label={t("new_stage")} rules={needed}>
        <Select
          options={STAGES.filter((stage) => stage !== client.stage).map((stage) => ({
            value: stage,
            label: t(`stage.${stage}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="reason" label={t("reason")} extra={t("reason_help")} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
    </AskDialog>
  );
}
