import { Upload } from "antd";
import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { Problem } from "@/api/problem";
import type { ImportJob } from "@/api/types";
import { Page, Section } from "@/components/Page";
import { asProblem, ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { When } from "@/components/When";
import { MOST_BYTES, uploadImport, useImports } from "./api";
import { ImportStatus } from "./ImportStatus";

export function ImportsPage() {
  const { t } = useTranslation("imports");
  const jobs = useImports();
  return (
    <Page width="reading" title={t("title")} under={<span>{t("lead")}</span>}>
      <Uploader />
      <Section title={t("earlier")}>
        {jobs.isPending ? (
          <RowSkeletons rows={3} />
        ) : jobs.isError ? (
          <ProblemNotice error={jobs.error} onRetry={() => void jobs.refetch()} />
        ) : jobs.data.items.length === 0 ? (
          <p className="empty-small">{t("none_yet")}</p>
        ) : (
          <ul className="lines">
            {jobs.data.items.map((job) => (
              <JobLine key={job.id} job={job} />
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

function JobLine({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  return (
    <li>
      <Link to={`/imports/${job.id}`}>{job.file_name}</Link>
      <ImportStatus job={job} />
      <span className="meta body">
        <span className="num">{t("rows", { count: job.counts["rows"] ?? 0 })}</span>
        {job.created_at && <When at={job.created_at} />}
        {job.created_by && <span>{job.created_by.name}</span>}
      </span>
    </li>
  );
}

function Uploader() {
  const { t } = useTranslation("imports");
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ name: string; problem: Problem } | null>(null);
  const refuse = (name: string, problem: Problem) => { setRefused({ name, problem }); };
  const take = async (file: File) => {
    if (file.size > MOST_BYTES) {
      refuse(
        file.name,
        new Problem({
          type: "about:blank",
          code: "too_large",
          status: 413,
          title: t("too_large_title"),
          detail: t("too_large", { size: Math.ceil(file.size / 100_000) / 10 }),
        }),
      );
      return;
    }
    setBusy(true);
    setRefused(null);
    try {
      const job = await uploadImport(file);
      await navigate(`/imports/${job.id}`);
    } catch (error) {
      refuse(file.name, asProblem(error));
    } finally { setBusy(false); }
  };
  return (
    <>
      <Upload.Dragger
        accept=".xlsx,.csv,.txt" maxCount={1} showUploadList={false} disabled={busy}
        beforeUpload={(file) => { void take(file as File); return Upload.LIST_IGNORE; }}
      >
        <FileSpreadsheet size={28} strokeWidth={1.5} aria-hidden="true" />
        <p><strong>{t(busy ? "uploading" : "drop")}</strong></p>
        <p className="soft">{t("drop_help")}</p>
      </Upload.Dragger>
      <div style={{ height: 16 }} />
      {refused && (
        <ProblemNotice error={refused.problem} closing={t("not_taken_closing", { name: refused.name })} />
      )}
    </>
  );
}
