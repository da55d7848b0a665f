import { App } from "antd";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTouch } from "@/lib/useTouch";
import { useProblemWords } from "./ProblemNotice";

interface Options<T, V> {
  /** Query keys (first elements) that this act makes stale. */
  touches: readonly string[];
  /** What happened, in a sentence; with a way to it where it left the page. */
  done?: ReactNode;
  onDone?: (result: T, values: V) => void;
  /** Return true when the problem was shown in place, so that no notice is needed. */
  onProblem?: (error: unknown) => boolean;
}

/** One write: runs, refreshes what it touched, says what happened or what went wrong. */
export function useAct<T, V = void>(run: (values: V) => Promise<T>, options: Options<T, V>) {
  const touch = useTouch();
  const { message, notification } = App.useApp();
  const words = useProblemWords();
  return useMutation<T, unknown, V>({
    mutationFn: run,
    onSuccess: async (result, values) => {
      if (options.done) void message.success(options.done);
      options.onDone?.(result, values);
      await touch(options.touches);
    },
    onError: (error) => {
      if (options.onProblem?.(error)) return;
      const said = words(error);
      notification.error({
        title: said.title,
        description: `${said.what} ${said.safe}`,
        placement: "bottomRight",
        duration: 8,
      });
    },
  });
}
