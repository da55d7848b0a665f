import { useCallback, useEffect, useState } from "react";

export interface Paged {
  data?: { pages: readonly unknown[] };
  hasNextPage: boolean;
  isFetching: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/**
 * Asks for the next page of a list. A live update asks for what is shown anew and cuts the next page short:
 * then it is asked for again. `question` is what the list answers; another one begins with one page.
 */
export function useMore(of: Paged, question = "") {
  const [wanted, want] = useState({ question, pages: 0 });
  const { hasNextPage, isFetching, isFetchNextPageError: failed, fetchNextPage } = of;
  const shown = of.data?.pages.length ?? 0;
  const missing = hasNextPage && wanted.question === question && shown < wanted.pages && !failed;
  useEffect(() => {
    if (missing && !isFetching) void fetchNextPage();
  }, [missing, isFetching, fetchNextPage]);
  const more = useCallback(() => {
    want((now) => (now.question === question && now.pages === shown + 1 ? now : { question, pages: shown + 1 }));
    if (failed) void fetchNextPage();
  }, [question, shown, failed, fetchNextPage]);
  return { more, missing };
}
