import { App } from "antd";
import { useMutation } from "@tanstack/react-query";
import { useCallback, useRef, type ReactNode } from "react";
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

/** What a call is about, so that it is known again; a function is only itself. */
const about = (values: unknown): unknown => (typeof values === "function" ? values : JSON.stringify(values));

/**
 * One write: runs, refreshes what it touched, says what happened or what went wrong.
 *
 * Pressed twice it runs once: until it is answered the same call is the one under way.
 */
export function useAct<T, V = void>(run: (values: V) => Promise<T>, options: Options<T, V>) {
  const touch = useTouch();
  const { message, notification } = App.useApp();
  const words = useProblemWords();
  const act = useMutation<T, unknown, V>({
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
  const underWay = useRef(new Map<unknown, Promise<T>>());
  const begin = act.mutateAsync;
  const mutateAsync = useCallback(
    (values: V): Promise<T> => {
      const key = about(values);
      const first = underWay.current.get(key);
      if (first) return first;
      const begun = begin(values).finally(() => underWay.current.delete(key));
      underWay.current.set(key, begun);
      return begun;
    },
    [begin],
  );
  const mutate = useCallback(
    (values: V) => {
      // What went wrong has been said by onError.
      mutateAsync(values).catch(() => undefined);
    },
    [mutateAsync],
  );
  return { ...act, mutate, mutateAsync };
}
