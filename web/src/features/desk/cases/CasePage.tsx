import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { Case } from "@/api/types";
import { LongText } from "@/components/LongText";
import { KindMark, PriorityMark, StatusMark } from "@/components/marks";
import { Page, Section } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { When } from "@/components/When";
import { clearMark } from "@/live/marks";
import { sayText, subjectOf } from "@/lib/said";
import { hasEarlierResolution, useCase } from "../api";
import { FollowUps } from "../followups/FollowUps";
import { Conversation } from "../messages/Conversation";
import { NextPromise } from "../promises/NextPromise";
import { Promises } from "../promises/Promises";
import { Solutions } from "../solutions/Solutions";
import { CaseActions } from "./CaseActions";
import { CaseFacts } from "./CaseFacts";
import { Need } from "./Need";
import { Steps } from "./Steps";

export function CasePage() {
  const { id = "" } = useParams();
  const found = useCase(id);
  useEffect(() => { clearMark(id); }, [id]);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <PageProblem of={found} />;
  return <Shown item={found.data} />;
}

function Shown({ item }: { item: Case }) {
  const { t, i18n } = useTranslation("cases");
  const overtaken = hasEarlierResolution(item);
  return (
    <Page
      title={subjectOf(item, i18n.language)}
      back={{ to: "/cases?live=true", label: t("title") }}
      actions={<CaseActions item={item} />}
      under={
        <>
          <span className="num">{item.number}</span>
          <KindMark kind={item.kind} />
          <StatusMark status={item.status} />
          {item.priority && <PriorityMark priority={item.priority} />}
          <NextPromise item={item} />
          {item.client && <Link to={`/clients/${item.client.id}`}>{item.client.name}</Link>}
        </>
      }
    >
      <div className="split">
        <div className="split-main">
          <Section title={t("matter")}>
            <LongText>{sayText(item.description_texts ?? item.description, i18n.language)}</LongText>
            {item.remedy_sought && (
              <p className="soft" style={{ marginTop: 8 }}>
                {t("remedy")}: {item.remedy_sought}
              </p>
            )}
            <p className="soft small" style={{ marginTop: 8 }}>
              {item.requester?.name} · <When at={item.created_at} /> · {t(`channel.${item.channel}` as never)}
            </p>
          </Section>
          {item.resolution && !overtaken && (
            <Section title={t("resolution")}>
              <p className="pre">{item.resolution}</p>
            </Section>
          )}
          <Need item={item} />
          <Solutions item={item} />
          <Conversation item={item} />
          {overtaken && (
            <Section title={t("resolution_before")}>
              <p className="pre soft">{item.resolution}</p>
            </Section>
          )}
        </div>
        <div className="split-side">
          <Promises item={item} />
          <CaseFacts item={item} />
          <FollowUps item={item} />
          <Section title={t("steps")}><Steps item={item} /></Section>
        </div>
      </div>
    </Page>
  );
}
