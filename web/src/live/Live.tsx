import { useQueryClient } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from "react";
import { url } from "@/api/client";
import { justWrote } from "@/api/own";
import { openStream } from "@/api/stream";
import { useMe } from "@/auth/me";
import { parseLive, RESET, staleKeys } from "./events";
import { markChanged } from "./marks";

const State = createContext(true);
/** False while live updates are interrupted; pages then say that they may be behind. */
export const useIsLive = () => useContext(State);

/** Events in one burst refresh once; a second refresh meets projections that follow by event. */
const GATHER = 120;
const FOLLOW = 900;

export function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const me = useMe();
  const [live, setLive] = useState(true);
  const pending = useRef(new Set<string>());
  const userId = me?.user.id;

  useEffect(() => {
    if (!userId) return;
    const timers = new Set<number>();
    const later = (wait: number, run: () => void) => {
      const timer = window.setTimeout(() => { timers.delete(timer); run(); }, wait);
      timers.add(timer);
    };
    const refresh = (keys: readonly string[]) => {
      for (const key of keys) void client.invalidateQueries({ queryKey: [key] });
    };
    let first = true;
    const stop = openStream(url("/events/stream"), (block) => {
      if (block.event === RESET) { void client.invalidateQueries(); return; }
      const event = parseLive(block.data);
      if (!event) return;
      if (!justWrote(event.id)) markChanged(event.id);
      if (pending.current.size === 0) {
        later(GATHER, () => {
          const keys = [...pending.current];
          pending.current.clear();
          refresh(keys);
          later(FOLLOW, () => { refresh(keys); });
        });
      }
      staleKeys(event.type).forEach((key) => pending.current.add(key));
    }, (state) => {
      setLive(state);
      if (state && !first) void client.invalidateQueries();
      first = false;
    });
    return () => { stop(); timers.forEach((timer) => { window.clearTimeout(timer); }); };
  }, [client, userId]);

  return <State.Provider value={live}>{children}</State.Provider>;
}
