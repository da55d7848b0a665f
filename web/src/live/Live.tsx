import { useQueryClient, type QueryClient, type QueryFilters } from "@tanstack/react-query";
import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import { url } from "@/api/client";
import { justWrote } from "@/api/own";
import { openStream } from "@/api/stream";
import { useMe } from "@/auth/me";
import { parseLive, RESET, staleKeys } from "./events";
import { markChanged } from "./marks";
import { BURST, refresher } from "./refresher";

const State = createContext(true);
/** False while live updates are interrupted; pages then say that they may be behind. */
export const useIsLive = () => useContext(State);

/** Beside the names of queries: all there are, and those that could not be read. */
const EVERYTHING = "*";
const FAILED = "!";

function named(name: string): QueryFilters {
  if (name === EVERYTHING) return {};
  return name === FAILED ? { predicate: (query) => query.state.status === "error" } : { queryKey: [name] };
}

/** Makes queries stale; those on screen are asked anew, in a hidden tab by the client when it is shown again. */
function refresh(client: QueryClient, name: string): void {
  const seen = document.visibilityState === "visible";
  void client.invalidateQueries({ ...named(name), refetchType: seen ? "active" : "none" });
}

export function Live({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const me = useMe();
  const [live, setLive] = useState(true);
  const userId = me?.user.id;

  useEffect(() => {
    if (!userId) return;
    const stale = refresher((name) => { refresh(client, name); });
    let first = true;
    const stop = openStream(url("/events/stream"), (block) => {
      if (block.event === RESET) { stale.touch([EVERYTHING], BURST); return; }
      const event = parseLive(block.data);
      if (!event) return;
      if (!justWrote(event.id)) markChanged(event.id);
      stale.touch(staleKeys(event.type));
    }, (open, resumed) => {
      setLive(open);
      // Of what was missed while it was closed the stream tells; what could not be read then, no event asks for.
      if (open && !first) stale.touch([resumed ? FAILED : EVERYTHING], BURST);
      first = false;
    });
    return () => { stop(); stale.stop(); };
  }, [client, userId]);

  return <State.Provider value={live}>{children}</State.Provider>;
}
