import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { expect, it, vi } from "vitest";
import { useAct } from "./useAct";

interface Props { run: (id: string) => Promise<string>; onDone: () => void }

function Acts({ run, onDone }: Props) {
  const act = useAct(run, { touches: [], onDone });
  return ["a", "b"].map((id) => <button key={id} onClick={() => { act.mutate(id); }}>{id}</button>);
}

function shown(props: Props) {
  render(<QueryClientProvider client={new QueryClient()}><App><Acts {...props} /></App></QueryClientProvider>);
}

it("runs once when it is pressed twice, and again once it is answered", async () => {
  const run = vi.fn((id: string) => new Promise<string>((done) => setTimeout(done, 20, id)));
  const onDone = vi.fn();
  shown({ run, onDone });
  fireEvent.click(screen.getByText("a"));
  fireEvent.click(screen.getByText("a"));
  await waitFor(() => { expect(onDone).toHaveBeenCalledTimes(1); });
  expect(run).toHaveBeenCalledTimes(1);
  await waitFor(() => {
    fireEvent.click(screen.getByText("a"));
    expect(run).toHaveBeenCalledTimes(2);
  });
});

it("runs for each of two things that are pressed one after the other", async () => {
  const onDone = vi.fn();
  shown({ run: (id) => Promise.resolve(id), onDone });
  fireEvent.click(screen.getByText("a"));
  fireEvent.click(screen.getByText("b"));
  await waitFor(() => { expect(onDone).toHaveBeenCalledTimes(2); });
});

it("runs again after it failed", async () => {
  const run = vi.fn(() => Promise.reject(new Error("away")));
  shown({ run, onDone: vi.fn() });
  fireEvent.click(screen.getByText("a"));
  await waitFor(() => {
    fireEvent.click(screen.getByText("a"));
    expect(run).toHaveBeenCalledTimes(2);
  });
});
