import { App, Button } from "antd";
import { MailCheck, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DeadLetter, Page as Answer } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { EmptyState } from "@/components/EmptyState";
import { Page, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { Letter } from "./Letter";
import { replayAll, SERVICES, useLetters, type Service } from "./letters";

type Asked = ReturnType<typeof useLetters>[number];

/** What services could not take in, and an administrator's two answers: handle it again, or give it up. */
export function LettersPage() {
  const { t } = useTranslation("letters");
  const asked = useLetters();
  if (asked.some((each) => each.isPending)) return <Page width="reading" title={t("title")}><RowSkeletons rows={5} /></Page>;
  const quiet = SERVICES.filter((_, at) => asked[at]?.data?.items.length === 0);
  if (quiet.length === SERVICES.length) {
    return <Page width="reading" title={t("title")}><EmptyState icon={MailCheck} title={t("empty_title")}>{t("empty_text")}</EmptyState></Page>;
  }
  return (
    <Page width="reading" title={t("title")} under={<p className="soft">{t("about")}</p>}>
      <div>
        {SERVICES.map((service, at) => {
          const answer = asked[at];
          return answer && !quiet.includes(service) && <OfOneService key={service} service={service} asked={answer} />;
        })}
        {quiet.length > 0 && <Section title={t("quiet")}><p className="soft">{quiet.map((service) => t(`in.${service}`)).join(t("comma"))}</p></Section>}
      </div>
    </Page>
  );
}

function OfOneService({ service, asked }: { service: Service; asked: Asked }) {
  const { t } = useTranslation("letters");
  if (!asked.data) return <Section title={t(`in.${service}`)}><ProblemNotice compact error={asked.error} onRetry={() => void asked.refetch()} /></Section>;
  return <Listed title={t(`in.${service}`)} answer={asked.data} />;
}

function Listed({ title, answer }: { title: string; answer: Answer<DeadLetter> }) {
  const { t } = useTranslation("letters");
  const letters = answer.items;
  const more = Number(answer.total) - letters.length;
  return (
    <Section title={title} count={Number(answer.total)} actions={letters.length > 1 && <All letters={letters} />}>
      <ul className="lines letters">{letters.map((letter) => <Letter key={letter.id} letter={letter} />)}</ul>
      {more > 0 && <p className="soft">{t("more", { count: more })}</p>}
    </Section>
  );
}

function All({ letters }: { letters: readonly DeadLetter[] }) {
  const { t } = useTranslation("letters");
  const { message } = App.useApp();
  const may = usePermission("dead-letter:replay");
  const all = useAct(() => replayAll(letters), {
    touches: ["dead-letters"],
    onDone: (failed) => { void (failed ? message.warning(t("some_failed", { count: failed })) : message.success(t("all_done"))); },
  });
  return may && <Button size="small" icon={<RotateCcw size={14} />} loading={all.isPending} onClick={() => { all.mutate(); }}>{t("replay_all")}</Button>;
}
