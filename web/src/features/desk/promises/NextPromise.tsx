import type { Case } from "@/api/types";
import { NoPromise, PromiseClock, StoppedClock } from "@/components/PromiseClock";
import { standsStill } from "@/lib/promise";
import { isOver, usePromises } from "../api";

/** When the client hears next; where nothing is due, whether anything was ever promised. */
export function NextPromise({ item }: { item: Case }) {
  const idle = !isOver(item) && !item.next_due_at;
  const promises = usePromises(item.id, idle);
  if (isOver(item) || (idle && promises.isPending)) return null;
  if (standsStill(item)) return <StoppedClock />;
  return item.next_due_at ? (
    <PromiseClock dueAt={item.next_due_at} />
  ) : (
    <NoPromise never={promises.data?.length === 0} />
  );
}
