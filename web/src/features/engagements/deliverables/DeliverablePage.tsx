import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import type { Deliverable, DeliverableVersion } from "@/api/types";
import { DueDay } from "@/components/DueDay";
import { KeptWords } from "@/components/form/KeptWords";
import { Page, Section } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { ProblemNotice } from "@/components/ProblemNotice";
import { PageSkeleton, RowSkeletons } from "@/components/Skeletons";
import { sayText } from "@/lib/said";
import { clearMark } from "@/live/marks";
import { useComments, useDeliverable, useVerdicts, useVersions } from "./api";
import { Chain } from "./Chain";
import { CommentBox, commentDraft } from "./CommentBox";
import { DeliverableMark } from "./DeliverableMark";
import { ReviewBar } from "./ReviewBar";
import { draftOf, SubmitForm } from "./SubmitForm";
import { VersionView } from "./VersionView";

/** One deliverable: what it says, what was said about it, and the reader's own next step. */
export function DeliverablePage() {
  const { id = "" } = useParams();
  const found = useDeliverable(id);
  useEffect(() => {
    clearMark(id);
  }, [id]);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <PageProblem of={found} />;
  return <Shown item={found.data} />;
}

function Shown({ item }: { item: Deliverable }) {
  const { t, i18n } = useTranslation(["deliverables", "engagements"]);
  const [versions, comments, verdicts] = [useVersions(item.id), useComments(item.id), useVerdicts(item.id)];
  const failed = [versions, comments, verdicts].find((query) => query.isError);
  const can = (act: string) => item.can?.includes(act as never) ?? false;
  return (
    <Page
      width="reading"
      title={sayText(item.title, i18n.language)}
      back={{ to: `/engagements/${item.engagement_id}/deliverables`, label: item.engagement.title }}
      under={
        <>
          <DeliverableMark status={item.status} />
          {item.due_on && <DueDay on={item.due_on} />}
          {item.waits_for && <span>{t("waits_for", { role: t(`engagements:role.${item.waits_for}`) })}</span>}
          {item.domain && <span>{item.domain}</span>}
        </>
      }
    >
      <Chain item={item} />
      {failed && <ProblemNotice error={failed.error} onRetry={() => void failed.refetch()} />}
      {!versions.data || !comments.data || !verdicts.data ? (
        <RowSkeletons rows={5} />
      ) : (
        <>
          {item.version_number === 0 && !can("submit") && <p className="empty-small">{t("no_version")}</p>}
          {!can("submit") && <KeptWords draft={draftOf(item)} />}
          {can("submit") && upToDate(item, versions.data) && (
            <SubmitForm
              item={item}
              before={versions.data[0]}
              sentBack={verdicts.data
                .filter((verdict) => verdict.number === item.version_number && verdict.verdict === "rejected")
                .at(-1)}
            />
          )}
          {versions.data.map((version, index) => (
            <VersionView
              key={version.id}
              version={version}
              latest={index === 0}
              comments={comments.data.filter((each) => each.number === version.number)}
              verdicts={verdicts.data.filter((each) => each.number === version.number)}
            >
              {index === 0
                && (can("comment") ? <CommentBox item={item} /> : <KeptWords draft={commentDraft(item)} />)}
            </VersionView>
          ))}
        </>
      )}
      <Section title={t("rule_title")}>
        <p className="soft notes">{t("rule")}</p>
      </Section>
      <ReviewBar item={item} />
    </Page>
  );
}

/** Right after a submission its version may be here before its deliverable: then nobody is asked to write it again. */
function upToDate(item: Deliverable, [latest]: readonly DeliverableVersion[]): boolean {
  return item.version_number === (latest?.number ?? 0);
}
