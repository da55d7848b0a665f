/** A server-sent event stream that resumes where it broke off and tells whether it is open. */

export interface Block { id: string | null; event: string | null; data: string }

/** Splits what has arrived into whole blocks and the rest that is still coming. */
export function takeBlocks(buffer: string): { blocks: Block[]; rest: string } {
  const parts = buffer.replace(/\r\n?/g, "\n").split("\n\n");
  const rest = parts.pop() ?? "";
  const blocks = parts.map((part) => {
    const block: Block = { id: null, event: null, data: "" };
    const lines: string[] = [];
    for (const line of part.split("\n")) {
      const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (field === "data") lines.push(value);
      if (field === "id") block.id = value;
      if (field === "event") block.event = value;
    }
    return { ...block, data: lines.join("\n") };
  });
  return { blocks: blocks.filter((block) => block.data !== "" || block.event !== null), rest };
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

async function readOnce(
  address: string, last: string | null, signal: AbortSignal,
  receive: (block: Block) => void, opened: () => void,
): Promise<boolean> {
  const headers: Record<string, string> = { Accept: "text/event-stream" };
  if (last) headers["Last-Event-ID"] = last;
  const response = await fetch(address, { headers, signal, credentials: "same-origin" });
  if (response.status === 401 || response.status === 403 || response.status === 404) return false;
  if (!response.ok || !response.body) return true;
  opened();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return true;
    const taken = takeBlocks(buffer + value);
    buffer = taken.rest;
    taken.blocks.forEach(receive);
  }
}

/**
 * Keeps reading until stopped; waits longer after each failure. Returns the stop function.
 *
 * `onState` hears with `live` whether reading goes on from the last block read: nothing was missed then.
 */
export function openStream(
  address: string,
  receive: (block: Block) => void,
  onState: (live: boolean, resumed: boolean) => void,
): () => void {
  const abort = new AbortController();
  let last: string | null = null;
  let wait = FIRST_WAIT;
  const run = async () => {
    while (!abort.signal.aborted) {
      try {
        const again = await readOnce(address, last, abort.signal, (block) => {
          if (block.id) last = block.id;
          receive(block);
        }, () => { wait = FIRST_WAIT; onState(true, last !== null); });
        if (!again) return;
      } catch (error) {
        if (abort.signal.aborted) return;
        if (!(error instanceof TypeError)) throw error;
      }
      onState(false, false);
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  };
  void run();
  return () => { abort.abort(); };
}
