import { Button } from "antd";
import type { ReactNode } from "react";
import { useMore, type Paged } from "./useMore";

/** The next page of a list, by a click that is never lost. */
export function MoreButton({ of, type, children }: { of: Paged; type?: "link"; children: ReactNode }) {
  const { more, missing } = useMore(of);
  if (!of.hasNextPage) return null;
  return <Button type={type} loading={missing} onClick={more}>{children}</Button>;
}
