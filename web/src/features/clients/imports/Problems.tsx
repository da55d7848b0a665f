import { Button } from "antd";
import { AlertTriangle, CheckCircle2, Download, Info } from "lucide-react";
import { useTranslation } from "react-i18next";
import { url } from "@/api/client";
import type { ImportJob, ImportProblem } from "@/api/types";
import { Mark } from "@/components/marks";
import { MoreButton } from "@/components/MoreButton";
import { Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { sayText } from "@/lib/said";
import { isCode, useImportProblems } from "./api";

/** Row, column, value, reason: nothing was written, everything can be mended first. */
export function Problems({ job }: { job: ImportJob }) {
  const { t, i18n } = useTranslation("imports");
  const found = useImportProblems(job);
  const total = found.data?.pages[0]?.total ?? undefined;
  const problems = found.data?.pages.flatMap((page) => page.items) ?? [];
  const download = problems.length > 0 && (
    <Button size="small" icon={<Download size={14} />} href={url(`/imports/${job.id}/problems.csv`)} download>
      {t("download")}
    </Button>
  );
  return (
    <Section
      title={t("problems")}
      count={typeof total === "number" ? new Intl.NumberFormat(i18n.language).format(total) : total}
      actions={download}
    >
      {found.isPending ? (
        <RowSkeletons rows={4} />
      ) : found.isError ? (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} compact />
      ) : problems.length === 0 ? (
        <Mark icon={CheckCircle2} tone="good">
          {t("no_problems")}
        </Mark>
      ) : (
        <ProblemTable problems={problems} />
      )}
      <MoreButton of={found} type="link">{t("more_problems")}</MoreButton>
    </Section>
  );
}

function ProblemTable({ problems }: { problems: readonly ImportProblem[] }) {
  const { t, i18n } = useTranslation("imports");
  const reasonOf = (problem: ImportProblem) => sayText(problem.text, i18n.language);
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t("problems")}>
      <table className="plain-table problem-table">
        <thead>
          <tr>
            {(["row", "column", "value", "reason"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`problem.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {problems.map((problem) => (
            <tr key={problem.id}>
              <td className="num">{problem.row}</td>
              <td data-record="">
                {problem.column && <span className="soft-cell">{problem.column} </span>}
                {problem.heading ?? "–"}
              </td>
              <td className={`soft ${isCode(problem.value) ? "num" : ""}`} data-record="">
                {problem.value ?? "–"}
              </td>
              <td>
                {problem.severity === "error" ? (
                  <Mark icon={AlertTriangle} tone="bad">
                    {reasonOf(problem)}
                  </Mark>
                ) : (
                  <Mark icon={Info} tone="warn">
                    {reasonOf(problem)}
                  </Mark>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
