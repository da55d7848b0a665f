import { Button, Dropdown } from "antd";
import { ChevronDown, Pencil } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import type { Opportunity } from "@/api/types";
import { useCan } from "@/auth/permissions";
import { DueDay } from "@/components/DueDay";
import { MoneyText } from "@/components/MoneyText";
import { Facts, Page, Section } from "@/components/Page";
import { PageProblem } from "@/components/PageProblem";
import { PageSkeleton } from "@/components/Skeletons";
import { Day, Nothing, When } from "@/components/When";
import { EngagementMark } from "@/features/engagements/marks";
import { clearMark } from "@/live/marks";
import { useEngagementOf, useOpportunity } from "./api";
import { EndDialog, type Ending } from "./EndDialog";
import { StagePath } from "./StagePath";
import { isOpen, OPEN_STAGES, OpportunityMark } from "./stages";
import { useMove } from "./useMove";

export function OpportunityPage() {
  const { id = "" } = useParams();
  const found = useOpportunity(id);
  useEffect(() => { clearMark(id); }, [id]);
  if (found.isPending) return <PageSkeleton />;
  if (found.isError) return <PageProblem of={found} />;
  return <Shown item={found.data} />;
}

function Shown({ item }: { item: Opportunity }) {
  const { t } = useTranslation("opportunities");
  return (
    <Page
      width="reading"
      title={item.title}
      back={{ to: "/opportunities", label: t("title") }}
      actions={<Acts item={item} />}
      under={
        <>
          <OpportunityMark stage={item.stage} />
          <span className="num">{item.number}</span>
          <Link to={`/clients/${item.client_id}`}>{item.client.name}</Link>
          <span>{item.owner?.name ?? t("no_owner")}</span>
        </>
      }
    >
      <Outcome item={item} />
      <Section title={t("facts")}>
        <Facts
          columns={2}
          items={[
            [t("amount"), <MoneyText key="a" money={item.amount} />],
            [
              t("probability"),
              <span key="p" className="num">
                {item.probability}%
              </span>,
            ],
            [
              t("close_on"),
              isOpen(item.stage) && item.close_on ? (
                <span key="c" className="pair">
                  <Day on={item.close_on} />
                  <DueDay on={item.close_on} />
                </span>
              ) : (
                <Day key="c" on={item.close_on} />
              ),
            ],
            [t("competitor"), item.competitor ?? <Nothing key="n" />],
            [t("opened"), <When key="o" at={item.opened_at} day />],
            [t("updated"), <When key="u" at={item.updated_at} />],
          ]}
        />
        {item.notes && <p className="pre notes">{item.notes}</p>}
      </Section>
      <StagePath item={item} />
    </Page>
  );
}

/** How it ended, and what came of it. */
function Outcome({ item }: { item: Opportunity }) {
  const { t } = useTranslation("opportunities");
  const engagement = useEngagementOf(item.id, item.stage === "won");
  if (item.stage === "lost") {
    return (
      <section className="banner banner-bad">
        <p><strong>{t("lost_because")}</strong> {item.loss_reason}</p>
        {item.competitor && <p className="soft">{t("to_competitor", { name: item.competitor })}</p>}
      </section>
    );
  }
  if (item.stage !== "won") return null;
  const reason = item.stages?.at(-1)?.reason;
  return (
    <section className="banner banner-good">
      <p>
        <strong>{t("won_text")}</strong> {reason}
      </p>
      {engagement.data && (
        <p className="pair">
          <Link to={`/engagements/${engagement.data.id}`}>
            {t("to_engagement", { number: engagement.data.number })}
          </Link>
          <EngagementMark status={engagement.data.status} />
        </p>
      )}
    </section>
  );
}

function Acts({ item }: { item: Opportunity }) {
  const { t } = useTranslation("opportunities");
  const { glide } = useMove();
  const [ending, setEnding] = useState<Ending | null>(null);
  const mayEdit = useCan(item, "edit", "opportunity:edit");
  const mayMove = useCan(item, "move", "opportunity:move");
  const targets = OPEN_STAGES.filter((stage) => stage !== item.stage);
  return (
    <>
      {mayMove && isOpen(item.stage) && (
        <Button
          type="primary"
          onClick={() => {
            setEnding({ item, stage: "won" });
          }}
        >
          {t("win")}
        </Button>
      )}
      {mayMove && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: targets.map((stage) => ({
              key: stage,
              label: t(`stage.${stage}`),
              onClick: () => void glide(item, stage, isOpen(item.stage)),
            })),
          }}
        >
          <Button icon={<ChevronDown size={15} />} iconPlacement="end" aria-haspopup="menu">
            {t(isOpen(item.stage) ? "move" : "open_again")}
          </Button>
        </Dropdown>
      )}
      {mayMove && isOpen(item.stage) && (
        <Button
          onClick={() => {
            setEnding({ item, stage: "lost" });
          }}
        >
          {t("lose")}
        </Button>
      )}
      {mayEdit && (
        <Link to={`/opportunities/${item.id}/edit`}>
          <Button icon={<Pencil size={15} />}>{t("edit")}</Button>
        </Link>
      )}
      <EndDialog
        ending={ending}
        onClose={() => {
          setEnding(null);
        }}
      />
    </>
  );
}
