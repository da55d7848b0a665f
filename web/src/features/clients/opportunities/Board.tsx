import { Flag, Trophy } from "lucide-react";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Opportunity, OpportunityStage } from "@/api/types";
import { BoardCard } from "./BoardCard";
import { EndDialog, type Ending } from "./EndDialog";
import { Sums } from "./Sums";
import { OPEN_STAGES } from "./stages";
import { useMove } from "./useMove";

const KIND = "text/x-rapport-opportunity";

/** The pipeline: a column per stage; cards are dragged, or moved from the keyboard or their menu. */
export function Board({ items }: { items: readonly Opportunity[] }) {
  const { t } = useTranslation("opportunities");
  const { glide } = useMove();
  const [ending, setEnding] = useState<Ending | null>(null);
  const [dragged, setDragged] = useState<Opportunity | null>(null);
  const [said, setSaid] = useState("");
  const follow = useFollow(items);

  const move = (item: Opportunity, stage: OpportunityStage) => {
    if (stage === "won" || stage === "lost") { setEnding({ item, stage }); return; }
    setSaid(t("moved", { title: item.title, stage: t(`stage.${stage}`) }));
    follow(item.id, stage);
    void glide(item, stage);
  };
  const drop = (stage: OpportunityStage) => () => { if (dragged) move(dragged, stage); setDragged(null); };
  return (
    <>
      <p className="sr-only" id="board-keys">{t("board_keys")}</p>
      <div className="sr-only" role="status">{said}</div>
      <div className={`board ${dragged ? "board-dragging" : ""}`} role="group" aria-label={t("board")}>
        {OPEN_STAGES.map((stage) => (
          <Lane
            key={stage}
            stage={stage}
            items={items.filter((item) => item.stage === stage)}
            onDrop={drop(stage)}
            onMove={move}
            onDrag={setDragged}
            dragged={dragged}
          />
        ))}
      </div>
      <div className={`board-ends ${dragged ? "board-ends-on" : ""}`}>
        <End stage="won" icon={Trophy} onDrop={drop("won")} />
        <End stage="lost" icon={Flag} onDrop={drop("lost")} />
      </div>
      <EndDialog ending={ending} onClose={() => { setEnding(null); }} />
    </>
  );
}

/** A moved card keeps the cursor: whoever moved it from the keyboard goes on from where it lands. */
function useFollow(items: readonly Opportunity[]): (id: string, stage: OpportunityStage) => void {
  const wanted = useRef<{ id: string; stage: OpportunityStage } | null>(null);
  useEffect(() => {
    const landed = items.find((item) => item.id === wanted.current?.id && item.stage === wanted.current.stage);
    if (!landed) return;
    wanted.current = null;
    document.querySelector<HTMLElement>(`[data-card="${landed.id}"]`)?.focus();
  }, [items]);
  return (id, stage) => { wanted.current = { id, stage }; };
}

function useDropping(onDrop: () => void) {
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const leave = () => { depth.current = 0; setOver(false); };
  return {
    over,
    handlers: {
      onDragEnter: (event: DragEvent) => {
        if (event.dataTransfer.types.includes(KIND)) {
          depth.current += 1;
          setOver(true);
        }
      },
      onDragOver: (event: DragEvent) => {
        if (event.dataTransfer.types.includes(KIND)) event.preventDefault();
      },
      onDragLeave: () => {
        depth.current -= 1;
        if (depth.current <= 0) leave();
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        leave();
        onDrop();
      },
    },
  };
}

interface LaneProps {
  stage: OpportunityStage;
  items: readonly Opportunity[];
  dragged: Opportunity | null;
  onDrop: () => void;
  onMove: (item: Opportunity, stage: OpportunityStage) => void;
  onDrag: (item: Opportunity | null) => void;
}

function Lane({ stage, items, dragged, onDrop, onMove, onDrag }: LaneProps) {
  const { t } = useTranslation("opportunities");
  const { over, handlers } = useDropping(onDrop);
  const classes = ["lane", items.length === 0 && "lane-empty", over && "lane-over"].filter(Boolean).join(" ");
  return (
    <section className={classes} aria-label={t(`stage.${stage}`)} {...handlers}>
      <header className="lane-head">
        <h2>{t(`stage.${stage}`)}</h2>
        <span className="count num">{items.length}</span>
        <Sums items={items} />
      </header>
      <ul className="lane-cards">
        {items.map((item) => (
          <li key={item.id} className={dragged?.id === item.id ? "card-away" : undefined}>
            <BoardCard
              item={item}
              onMove={onMove}
              onDragStart={(event) => {
                event.dataTransfer.setData(KIND, item.id);
                event.dataTransfer.effectAllowed = "move";
                onDrag(item);
              }}
              onDragEnd={() => {
                onDrag(null);
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function End({ stage, icon: Icon, onDrop }: { stage: "won" | "lost"; icon: typeof Flag; onDrop: () => void }) {
  const { t } = useTranslation("opportunities");
  const { over, handlers } = useDropping(onDrop);
  return (
    <div className={`board-end board-end-${stage} ${over ? "board-end-over" : ""}`} data-stage={stage} {...handlers}>
      <Icon size={16} aria-hidden="true" />
      {t(`drop_${stage}`)}
    </div>
  );
}
