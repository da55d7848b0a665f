import { Button } from "antd";
import { useEffect, useState, type ReactNode } from "react";

interface Paged {
  data?: { pages: readonly unknown[] };
  hasNextPage: boolean;
  isFetching: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/**
 * The next page of a list. A live update asks for what is shown anew and cuts the next page short: then it
 * is asked for again, so that no click is lost.
 */
export function MoreButton({ of, type, children }: { of: Paged; type?: "link"; children: ReactNode }) {
  const [wanted, want] = useState(0);
  const { hasNextPage, isFetching, isFetchNextPageError: failed, fetchNextPage } = of;
  const shown = of.data?.pages.length ?? 0;
  const missing = hasNextPage && shown < wanted && !failed;
  useEffect(() => {
    if (missing && !isFetching) void fetchNextPage();
  }, [missing, isFetching, fetchNextPage]);
  if (!hasNextPage) return null;
  const more = () => {
    want(shown + 1);
    if (failed) void fetchNextPage();
  };
  return <Button type={type} loading={missing} onClick={more}>{children}</Button>;
}
