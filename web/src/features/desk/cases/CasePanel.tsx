import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Facts, Section } from "@/components/Page";
import { KindMark, StatusMark } from "@/components/marks";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { When } from "@/components/When";
import { sayText, subjectOf } from "@/lib/said";
import { isOver, useCase } from "../api";
import { NextPromise } from "../promises/NextPromise";
import { Steps } from "./Steps";

export function CasePanel({ id }: { id: string }) {
  const { t, i18n } = useTranslation("cases");
  const found = useCase(id);
  if (found.isPending) return <RowSkeletons rows={6} />;
  if (found.isError) return <ProblemNotice error={found.error} onRetry={() => void found.refetch()} compact />;
  const item = found.data;
  return (
    <>
      <h3><Link to={`/cases/${item.id}`}>{subjectOf(item, i18n.language)}</Link></h3>
      <Facts items={[
        ...(isOver(item) ? [] : [[t("next_due"), <NextPromise key="p" item={item} />] as const]),
        [t("status_label"), <StatusMark key="s" status={item.status} />],
        [t("kind_label"), <KindMark key="k" kind={item.kind} />],
        [t("client"), item.client ? <Link key="c" to={`/clients/${item.client.id}`}>{item.client.name}</Link> : "–"],
        [t("requester"), item.requester?.name ?? "–"],
        [t("assignee"), item.assignee?.name ?? t("nobody_yet")],
        [t("created"), <When key="w" at={item.created_at} />],
      ]} />
      {item.description && <p className="pre">{sayText(item.description_texts ?? item.description, i18n.language)}</p>}
      <Section title={t("steps")}><Steps item={item} /></Section>
    </>
  );
}
