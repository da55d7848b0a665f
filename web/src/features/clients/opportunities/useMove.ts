import { App, Button } from "antd";
import { createElement } from "react";
import { useTranslation } from "react-i18next";
import { useQueryClient } from "@tanstack/react-query";
import type { Opportunity, OpportunityStage } from "@/api/types";
import { useProblemWords } from "@/components/ProblemNotice";
import { useTouch } from "@/lib/useTouch";
import { moveOpportunity, OPPORTUNITY_KEYS, type BoardData, type Move } from "./api";

const SHOWN = 6;

/** Moves a card at once on the screen, then on the server; offers to undo, puts back what failed. */
export function useMove() {
  const { t } = useTranslation(["opportunities", "common"]);
  const queries = useQueryClient();
  const touch = useTouch();
  const { message, notification } = App.useApp();
  const words = useProblemWords();

  const place = (id: string, stage: OpportunityStage) => {
    queries.setQueriesData<BoardData>(
      { queryKey: ["opportunities", "board"] },
      (board) =>
        board && {
          ...board,
          items: board.items.map((item) =>
            item.id === id ? { ...item, stage, stage_since: new Date().toISOString() } : item,
          ),
        },
    );
  };
  const refresh = () => touch(OPPORTUNITY_KEYS);

  /** Sends a move; what the server refuses is thrown to whoever asked. */
  const send = async (id: string, move: Move) => {
    const moved = await moveOpportunity(id, move);
    await refresh();
    return moved;
  };
  const glide = async (item: Opportunity, stage: OpportunityStage, undoable = true) => {
    if (stage === item.stage) return;
    const before = item.stage;
    place(item.id, stage);
    try {
      await send(item.id, { stage });
      const key = `move.${item.id}`;
      const undo = () => { message.destroy(key); void glide({ ...item, stage }, before, false); };
      void message.success({
        key, duration: SHOWN,
        content: createElement("span", null, t("moved", { title: item.title, stage: t(`stage.${stage}`) }), " ",
          undoable && createElement(Button, { type: "link", size: "small", onClick: undo }, t("undo"))),
      });
    } catch (error) {
      place(item.id, before);
      const said = words(error);
      notification.error({
        title: said.title,
        description: `${said.what} ${said.safe}`,
        placement: "bottomRight",
        duration: 8,
      });
    }
  };
  return { glide, send };
}
