import { Button, Progress } from "antd";
import { Trash2, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { ImportJob } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { Page, Section } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { useDanger } from "@/components/useDanger";
import { sayText } from "@/lib/said";
import {
  columnsOf, discardImport, encodingOf, findsClients, hasColumn, isBare, percentOf, undoImport, useImport,
} from "./api";
import { ApplyImport } from "./ApplyImport";
import { Figures } from "./Figures";
import { ImportStatus } from "./ImportStatus";
import { Mapping } from "./Mapping";
import { Problems } from "./Problems";

const COUNTS = [
  "rows",
  "problems",
  "warnings",
  "known",
  "similar",
  "duplicates",
  "created",
  "updated",
  "skipped",
  "undone",
  "kept",
] as const;

export function ImportPage() {
  const { t } = useTranslation("imports");
  const { id = "" } = useParams();
  const job = useImport(id);
  if (job.isPending) return <PageSkeleton />;
  if (job.isError) return <PageProblem of={job} />;
  return (
    <Page
      width="reading"
      title={job.data.file_name}
      back={{ to: "/imports", label: t("title") }}
      under={<ImportStatus job={job.data} />}
      actions={
        <>
          <Discard job={job.data} />
          <Undo job={job.data} />
        </>
      }
    >
      <Stage job={job.data} />
    </Page>
  );
}

function Stage({ job }: { job: ImportJob }) {
  const { t, i18n } = useTranslation("imports");
  const keyed = findsClients(job);
  const ready = job.status === "ready";
  const kept = job.counts["kept"] ?? 0;
  const bare = isBare(job);
  const nameless = ready && !bare && !hasColumn(job, "legal_name");
  const columns = job.columns.length > 0 && <Section title={t("mapping")}><Mapping key={job.id} job={job} /></Section>;
  // How many rows a file has is known once it was read to its end.
  const known = (job.progress?.total ?? 0) > 0;
  const busy = job.status === "analysing" || job.status === "applying";
  return (
    <>
      {busy && (
        <section className="banner" aria-live="polite">
          <p>{t(job.status === "analysing" ? "analysing" : job.task === "undo" ? "undoing" : "applying")}</p>
          {known && <Progress percent={percentOf(job)} aria-label={t("progress")} />}
          {!known && <p className="num">{t("rows_so_far", { count: job.progress?.done ?? 0 })}</p>}
          <p className="soft">{t("may_leave")}</p>
        </section>
      )}
      {job.status === "failed" && (
        <section className="banner banner-bad" role="alert">
          <p>{job.error ? sayText(job.error, i18n.language) : t("failed")}</p>
          <p className="soft">{t("failed_safe")}</p>
        </section>
      )}
      {job.status === "applied" && (
        <section className="banner banner-good">
          <p>{t("applied")}</p>
          <div className="banner-acts">
            <Link to="/clients">
              <Button type="primary">{t("see_clients")}</Button>
            </Link>
          </div>
        </section>
      )}
      {job.status === "undone" && (
        <section className="banner">
          <p>{kept > 0 ? t("undone_but", { count: kept }) : t("undone")}</p>
        </section>
      )}
      {job.status === "discarded" && (
        <section className="banner">
          <p>{t("discarded")}</p>
        </section>
      )}
      <Counts job={job} />
      <Encoding job={job} />
      {bare && (
        <section className="banner banner-warn" role="alert">
          <p>{t("bare")}</p>
        </section>
      )}
      {nameless && (
        <section className={`banner ${keyed ? "" : "banner-bad"}`} role="alert">
          <p>{t(keyed ? "no_name_known" : "no_name")}</p>
        </section>
      )}
      {nameless && columns}
      {ready && !bare && keyed && <ApplyImport key={columnsOf(job)} job={job} />}
      {ready && !nameless && columns}
      {job.status !== "analysing" && job.status !== "discarded" && !bare && <Problems job={job} />}
      {!ready && columns}
    </>
  );
}

function Counts({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const shown = COUNTS.filter(
    (name) => job.counts[name] !== undefined && (job.counts[name] > 0 || name === "rows" || name === "problems"),
  );
  if (job.status === "analysing" || job.status === "discarded") return null;
  return (
    <Figures figures={shown.map((key) => ({ key, value: job.counts[key] ?? 0, label: t(`count.${key}`) }))} />
  );
}

/** In which encoding a text file was read: who sees nonsense learns why, and what to do before it is written. */
function Encoding({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  if (!job.encoding || job.status !== "ready") return null;
  const name = encodingOf(job.encoding);
  const words = name === "UTF-8" ? t("encoding_best", { name }) : t("encoding", { name, better: "UTF-8" });
  return <p className="soft read-as">{words}</p>;
}

function Discard({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const danger = useDanger();
  const may = useCan(job, "discard", "import:discard");
  const discard = useAct(() => discardImport(job.id), { touches: ["imports"], done: t("discard_done") });
  if (!may) return null;
  const ask = () =>
    danger({
      title: t("discard_title"),
      content: t("discard_text"),
      okText: t("discard"),
      onOk: () => discard.mutateAsync(),
    });
  return (
    <Button icon={<Trash2 size={15} />} onClick={() => void ask()}>
      {t("discard")}
    </Button>
  );
}

function Undo({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const danger = useDanger();
  const may = useCan(job, "undo", "import:undo");
  const undo = useAct(() => undoImport(job.id), { touches: ["imports", "clients"], done: t("undo_started") });
  if (!may || job.status === "undone") return null;
  const ask = () =>
    danger({
      title: t("undo_title"),
      content: t("undo_text"),
      okText: t("undo"),
      onOk: () => undo.mutateAsync(),
    });
  return (
    <Button danger icon={<Undo2 size={15} />} onClick={() => void ask()}>
      {t("undo")}
    </Button>
  );
}
