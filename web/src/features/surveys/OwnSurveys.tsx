import { Button } from "antd";
import { MessageCircleHeart } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SurveyInvitation } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { Page } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { When } from "@/components/When";
import { sayText } from "@/lib/said";
import { openInvitation, useOwnInvitations } from "./api";
import { Subject } from "./Subject";

/** The surveys that wait for this person; each takes a minute. */
export function OwnSurveys() {
  const { t } = useTranslation("surveys");
  const found = useOwnInvitations();
  return (
    <Page title={t("title")}>
      {found.isPending ? (
        <RowSkeletons rows={3} />
      ) : found.isError ? (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data.length === 0 ? (
        <EmptyState icon={MessageCircleHeart} title={t("own_empty_title")}>
          {t("own_empty_text")}
        </EmptyState>
      ) : (
        <InvitationLines items={found.data} />
      )}
    </Page>
  );
}

export function InvitationLines({ items }: { items: readonly SurveyInvitation[] }) {
  const { t, i18n } = useTranslation("surveys");
  const open = useAct((id: string) => openInvitation(id), {
    touches: [],
    onDone: ({ path }) => {
      const language = i18n.language.startsWith("zh") ? "zh" : "en";
      location.assign(path.replace("#", `?language=${language}#`));
    },
  });
  return (
    <ul className="lines">
      {items.map((item) => (
        <li key={item.id}>
          <strong className="cell-main">{sayText(item.title, i18n.language)}</strong>
          <Button
            type="primary"
            loading={open.isPending && open.variables === item.id}
            onClick={() => {
              open.mutate(item.id);
            }}
          >
            {t("answer")}
          </Button>
          <span className="meta body">
            <Subject item={item} />
            <span>{t(item.anonymous ? "anonymous" : "by_name")}</span>
            <span>
              {t("until")} <When at={item.closes_at} day />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
