import { Button, Dropdown } from "antd";
import { MoreHorizontal } from "lucide-react";
import type { DragEvent, KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Opportunity, OpportunityStage } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { DueDay } from "@/components/DueDay";
import { MoneyText } from "@/components/MoneyText";
import { spanOf } from "@/lib/time";
import { useNow } from "@/lib/useNow";
import { ALL_STAGES, OPEN_STAGES } from "./stages";

interface Props {
  item: Opportunity;
  onMove: (item: Opportunity, stage: OpportunityStage) => void;
  onDragStart: (event: DragEvent) => void;
  onDragEnd: () => void;
}

/** A card: title, client, size, when it is decided. Shift with an arrow takes it a stage on or back. */
export function BoardCard({ item, onMove, onDragStart, onDragEnd }: Props) {
  const { t } = useTranslation(["opportunities", "common"]);
  const may = usePermission("opportunity:move");
  const keys = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.shiftKey && may) {
      const next = OPEN_STAGES[OPEN_STAGES.indexOf(item.stage) + by];
      if (next) onMove(item, next);
    } else {
      sideways(event.currentTarget as HTMLElement, by);
    }
  };
  return (
    <article className="kard" draggable={may} onDragStart={onDragStart} onDragEnd={onDragEnd}>
      <Link
        to={`/opportunities/${item.id}`}
        className="kard-link"
        data-card={item.id}
        draggable={false}
        aria-describedby="board-keys"
        onKeyDown={keys}
      >
        <strong>{item.title}</strong>
        <span className="soft">{item.client.name}</span>
        <span className="kard-foot">
          <MoneyText money={item.amount} short />
          <StandsHere item={item} />
          <span className="num">{item.probability}%</span>
        </span>
        <span className="kard-foot">
          {item.close_on ? <DueDay on={item.close_on} quiet /> : <span />}
          <span className="soft">{item.owner?.name}</span>
        </span>
      </Link>
      {may && (
        <Dropdown
          trigger={["click"]}
          placement="bottomRight"
          menu={{
            items: ALL_STAGES.filter((stage) => stage !== item.stage).map((stage) => ({
              key: stage,
              label: t(`stage.${stage}`),
              onClick: () => {
                onMove(item, stage);
              },
            })),
          }}
        >
          <Button
            size="small"
            type="text"
            className="kard-menu"
            icon={<MoreHorizontal size={16} />}
            aria-label={t("move_card", { title: item.title })}
            aria-haspopup="menu"
          />
        </Dropdown>
      )}
    </article>
  );
}

/** How long it has stood in its stage; nothing on the day it came. */
function StandsHere({ item }: { item: Opportunity }) {
  const { t } = useTranslation("opportunities");
  const now = useNow();
  const { unit, count } = spanOf(now.getTime() - new Date(item.stage_since).getTime());
  return unit === "day" ? (
    <span className="soft" title={t("stands_here")}>
      {t("stay_day", { count })}
      <span className="sr-only"> {t("stands_here")}</span>
    </span>
  ) : null;
}

/** The first card of the next column that has any. */
function sideways(from: HTMLElement, by: number) {
  const lanes = [...document.querySelectorAll(".lane")];
  const here = lanes.findIndex((lane) => lane.contains(from));
  const rest = by > 0 ? lanes.slice(here + 1) : lanes.slice(0, here).reverse();
  for (const lane of rest) {
    const card = lane.querySelector<HTMLElement>("[data-card]");
    if (card) { card.focus(); return; }
  }
}
