import type { Case } from "@/api/types";
import { CaseClock, NoPromise } from "@/components/PromiseClock";
import { dueOf } from "@/lib/promise";
import { isOver, usePromises } from "../api";

/** When the client hears next; where nothing is due, whether anything was ever promised. */
export function NextPromise({ item }: { item: Case }) {
  const due = dueOf(item);
  const idle = !isOver(item) && !due;
  const promises = usePromises(item.id, idle);
  if (isOver(item) || (idle && promises.isPending)) return null;
  return due ? <CaseClock item={item} /> : <NoPromise never={promises.data?.length === 0} />;
}
