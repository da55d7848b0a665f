import { App, Button } from "antd";
import { MailCheck, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/auth/permissions";
import { EmptyState } from "@/components/EmptyState";
import { MoreButton } from "@/components/MoreButton";
import { Page, Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { useAct } from "@/components/useAct";
import { Letter } from "./Letter";
import { replayAll, SERVICES, useLetters, type Asked, type Service } from "./letters";

/** What services could not take in, and an administrator's two answers: handle it again, or give it up. */
export function LettersPage() {
  const { t } = useTranslation("letters");
  const asked = useLetters();
  if (SERVICES.some((service) => asked[service].isPending))
    return (
      <Page width="reading" title={t("title")}>
        <RowSkeletons rows={5} />
      </Page>
    );
  const quiet = SERVICES.filter((service) => countOf(asked[service]) === 0);
  if (quiet.length === SERVICES.length) {
    return (
      <Page width="reading" title={t("title")}>
        <EmptyState icon={MailCheck} title={t("empty_title")}>
          {t("empty_text")}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page width="reading" title={t("title")} under={<p className="soft">{t("about")}</p>}>
      <div>
        {SERVICES.map(
          (service) =>
            !quiet.includes(service) && <OfOneService key={service} service={service} asked={asked[service]} />,
        )}
        {quiet.length > 0 && (
          <Section title={t("quiet")}>
            <p className="soft">{quiet.map((service) => t(`in.${service}`)).join(t("comma"))}</p>
          </Section>
        )}
      </div>
    </Page>
  );
}

function OfOneService({ service, asked }: { service: Service; asked: Asked }) {
  const { t } = useTranslation("letters");
  if (!asked.data)
    return (
      <Section title={t(`in.${service}`)}>
        <ProblemNotice compact error={asked.error} onRetry={() => void asked.refetch()} />
      </Section>
    );
  const letters = asked.data.pages.flatMap((page) => page.items);
  const count = countOf(asked) ?? letters.length;
  return (
    <Section title={t(`in.${service}`)} count={count} actions={count > 1 && <All service={service} />}>
      <ul className="lines letters">
        {letters.map((letter) => (
          <Letter key={letter.id} letter={letter} />
        ))}
      </ul>
      <MoreButton of={asked}>{t("older", { count: Math.max(count - letters.length, 1) })}</MoreButton>
    </Section>
  );
}

/** How many wait, however many are shown; undefined while that is not known. */
function countOf(asked: Asked): number | undefined {
  const first = asked.data?.pages[0];
  return first && Number(first.total);
}

function All({ service }: { service: Service }) {
  const { t } = useTranslation("letters");
  const { message } = App.useApp();
  const may = usePermission("dead-letter:replay");
  const all = useAct(() => replayAll(service), {
    touches: ["dead-letters"],
    onDone: (failed) => {
      void (failed ? message.warning(t("some_failed", { count: failed })) : message.success(t("all_done")));
    },
  });
  return (
    may && (
      <Button
        size="small"
        icon={<RotateCcw size={14} />}
        loading={all.isPending}
        onClick={() => {
          all.mutate();
        }}
      >
        {t("replay_all")}
      </Button>
    )
  );
}
