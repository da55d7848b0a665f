import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import { expect, it } from "vitest";
import { useDanger } from "./useDanger";

function Remove() {
  const danger = useDanger();
  const ask = () => {
    void danger({ title: "Sure?", content: "It goes.", okText: "Remove", onOk: () => Promise.resolve() });
  };
  return <button onClick={ask}>ask</button>;
}


it("begins at the way back, so that Enter alone removes nothing", async () => {
  render(<ConfigProvider theme={{ token: { motion: false } }}><App><Remove /></App></ConfigProvider>);
  fireEvent.click(screen.getByText("ask"));
  await screen.findByRole("button", { name: "Remove" });
  await waitFor(() => { expect(document.activeElement?.textContent).toBe("Cancel"); });
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => { expect(screen.queryByText("It goes.")).toBeNull(); });
});
