import { App } from "antd";
import type { ReactNode } from "react";

interface Question {
  title: string;
  content: ReactNode;
  okText: string;
  onOk: () => Promise<unknown>;
}

/** Asks before something goes; the keyboard begins at the way back, so that a stray Enter does no harm. */
export function useDanger() {
  const { modal } = App.useApp();
  return (question: Question) =>
    modal.confirm({ ...question, okButtonProps: { danger: true }, focusable: { autoFocusButton: "cancel" } });
}
