import { MailOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Mail, Page as Answer } from "@/api/types";
import { EmptyState } from "@/components/EmptyState";
import { Page } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { When } from "@/components/When";
import { withFilter } from "@/lib/filters";

const POLL = 5_000;

/** Mail that would have gone out, readable here while no mail server is configured. */
export function MailboxPage() {
  const { t } = useTranslation("mailbox");
  const [params, setParams] = useSearchParams();
  const open = params.get("open");
  const mails = useQuery({
    queryKey: ["mail"],
    refetchInterval: POLL,
    queryFn: ({ signal }) => api.get<Answer<Mail>>("/dev/mail", undefined, signal),
  });
  return (
    <Page width="list" title={t("title")} under={<span>{t("lead")}</span>}>
      {mails.isPending ? (
        <RowSkeletons />
      ) : mails.isError ? (
        <div style={{ padding: 16 }}>
          <ProblemNotice error={mails.error} onRetry={() => void mails.refetch()} />
        </div>
      ) : mails.data.items.length === 0 ? (
        <EmptyState icon={MailOpen} title={t("empty_title")}>
          {t("empty_text")}
        </EmptyState>
      ) : (
        <div className="mail">
          <div className="mail-list" role="navigation" aria-label={t("title")}>
            {mails.data.items.map((mail) => (
              <button
                key={mail.id}
                type="button"
                aria-current={mail.id === open}
                onClick={() => {
                  setParams((now) => withFilter(now, "open", mail.id));
                }}
              >
                <span className="cell-main" data-record="">
                  {mail.subject}
                </span>
                <span className="soft small">
                  {mail.to} · <When at={mail.at} />
                </span>
              </button>
            ))}
          </div>
          <div className="mail-read">{open ? <Reader id={open} /> : <p className="soft">{t("choose")}</p>}</div>
        </div>
      )}
    </Page>
  );
}

const LINK = /(https?:\/\/[^\s<>"]+)/;

function Reader({ id }: { id: string }) {
  const { t } = useTranslation("mailbox");
  const mail = useQuery({
    queryKey: ["mail", id],
    queryFn: ({ signal }) => api.get<Mail>(`/dev/mail/${id}`, undefined, signal),
  });
  if (mail.isPending) return <RowSkeletons rows={4} />;
  if (mail.isError) return <ProblemNotice error={mail.error} compact />;
  return (
    <article aria-label={mail.data.subject}>
      <header>
        <h2>{mail.data.subject}</h2>
        <p className="soft small">
          {t("to")} {mail.data.to} · <When at={mail.data.at} />
        </p>
      </header>
      <div className="pre" data-record="">
        {mail.data.text.split(LINK).map((part, index) =>
          LINK.test(part) ? (
            <a key={index} href={part}>
              {part}
            </a>
          ) : (
            part
          ),
        )}
      </div>
    </article>
  );
}
