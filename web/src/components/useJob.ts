import { App } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { JobStarted, JobStatus } from "@/api/types";
import { useTouch } from "@/lib/useTouch";
import { useProblemWords } from "./ProblemNotice";

const FIRST_LOOK = 400;
const LONGEST_WAIT = 5_000;

/** Follows a job of the server: shows how far it is, refreshes what it touched, reports back. */
export function useJob(touches: readonly string[], done: (job: JobStatus) => string) {
  const { t, i18n } = useTranslation("lists");
  const { message } = App.useApp();
  const touch = useTouch();
  const words = useProblemWords();

  return useCallback(
    (job: JobStarted) => {
      const key = `job.${job.id}`;
      const number = new Intl.NumberFormat(i18n.language);
      // Goes on when the page that started it is left: the job does too, and it reports back.
      const look = (wait: number) => {
        window.setTimeout(() => void ask(wait), wait);
      };
      const ask = async (wait: number) => {
        try {
          const status = await api.get<JobStatus>(`/jobs/${job.id}`);
          if (!status.finished_at) {
            void message.loading({
              key,
              duration: 0,
              content: t("job_running", { done: number.format(status.done), total: number.format(job.total) }),
            });
            look(Math.min(wait * 1.5, LONGEST_WAIT));
            return;
          }
          await touch(touches);
          if (status.problem)
            void message.error({
              key,
              content: t("job_failed", { done: number.format(status.done), total: number.format(job.total) }),
            });
          else void message.success({ key, content: done(status) });
        } catch (error) {
          void message.error({ key, content: words(error).what });
        }
      };
      void message.loading({
        key,
        duration: 0,
        content: t("job_running", { done: "0", total: number.format(job.total) }),
      });
      look(FIRST_LOOK);
    },
    [done, i18n.language, message, t, touch, touches, words],
  );
}
