import { act, fireEvent, render, renderHook, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { MoreButton } from "./MoreButton";
import { useMore } from "./useMore";

const paged = (pages: number, isFetching: boolean, fetchNextPage: () => Promise<unknown>, failed = false) => ({
  data: { pages: Array.from({ length: pages }) },
  hasNextPage: pages < 2,
  isFetching,
  isFetchNextPageError: failed,
  fetchNextPage,
});


it("asks again for a page that a live update cut short", () => {
  const fetchNextPage = vi.fn(() => Promise.resolve());
  const { rerender } = render(<MoreButton of={paged(1, false, fetchNextPage)}>more</MoreButton>);
  act(() => { fireEvent.click(screen.getByText("more")); });
  expect(fetchNextPage).toHaveBeenCalledTimes(1);
  rerender(<MoreButton of={paged(1, true, fetchNextPage)}>more</MoreButton>);
  rerender(<MoreButton of={paged(1, false, fetchNextPage)}>more</MoreButton>);
  expect(fetchNextPage).toHaveBeenCalledTimes(2);
  rerender(<MoreButton of={paged(2, false, fetchNextPage)}>more</MoreButton>);
  expect(screen.queryByText("more")).toBeNull();
});

it("asks for a page that failed only when it is clicked again", () => {
  const fetchNextPage = vi.fn(() => Promise.resolve());
  const { rerender } = render(<MoreButton of={paged(1, false, fetchNextPage)}>more</MoreButton>);
  act(() => { fireEvent.click(screen.getByText("more")); });
  rerender(<MoreButton of={paged(1, false, fetchNextPage, true)}>more</MoreButton>);
  expect(fetchNextPage).toHaveBeenCalledTimes(1);
  act(() => { fireEvent.click(screen.getByText("more")); });
  expect(fetchNextPage).toHaveBeenCalledTimes(2);
});

it("begins another question with one page", () => {
  const fetchNextPage = vi.fn(() => Promise.resolve());
  const { result, rerender } = renderHook(
    ({ question, pages }) => useMore(paged(pages, false, fetchNextPage), question),
    { initialProps: { question: "grade=A", pages: 1 } },
  );
  act(() => { result.current.more(); });
  expect(fetchNextPage).toHaveBeenCalledTimes(1);
  rerender({ question: "grade=B", pages: 1 });
  expect(result.current.missing).toBe(false);
  expect(fetchNextPage).toHaveBeenCalledTimes(1);
});
