import { useEffect, useState } from "react";
import { Navigate, useLocation } from "react-router";
import { useTranslation } from "react-i18next";
import { MeContext, useMeQuery } from "@/auth/me";
import { isOutdated, left, meet, openedFor } from "@/auth/session";
import { ProblemNotice, asProblem } from "@/components/ProblemNotice";
import { PageSkeleton } from "@/components/Skeletons";
import { changeLanguage, languageOf } from "@/i18n";
import { draftsAreOf } from "@/lib/drafts";
import { Live, useIsLive } from "@/live/Live";
import type { Me } from "@/api/types";
import { CommandBox } from "./CommandBox";
import { ClientBar } from "./ClientBar";
import { Navigation } from "./Navigation";
import { Rooms } from "./Rooms";
import { TopBar } from "./TopBar";

/** The house one works in after signing in: the firm's, or the smaller one of a client's person. */
export function House() {
  const me = useMeQuery();
  const location = useLocation();
  const [speaking, setSpeaking] = useState(false);
  useSession(me.data);
  const chosen = me.data?.user.language;
  useEffect(() => {
    if (chosen) void changeLanguage(languageOf(chosen)).then(() => { setSpeaking(true); });
  }, [chosen]);

  // Drawn only in the person's language: a page that changes it under the hand loses clicks.
  if (me.isPending || (chosen && !speaking))
    return (
      <div className="house">
        <main className="work">
          <PageSkeleton />
        </main>
      </div>
    );
  if (me.isError) {
    if (asProblem(me.error).status === 401) {
      const next = encodeURIComponent(location.pathname + location.search);
      return <Navigate replace to={`/sign-in?next=${next}`} />;
    }
    return (
      <main className="work">
        <div className="page page-reading">
          <ProblemNotice error={me.error} onRetry={() => void me.refetch()} />
        </div>
      </main>
    );
  }
  draftsAreOf(me.data.user.id); // before what is drawn below reads them
  return (
    <MeContext value={me.data}>
      <Live>{me.data.side === "client" ? <ClientHouse me={me.data} /> : <FirmHouse me={me.data} />}</Live>
    </MeContext>
  );
}

/** What is written from here is written by whom the page shows, whoever signs in in another tab. */
function useSession(me: Me | undefined) {
  useEffect(() => { if (me) openedFor(me); }, [me]);
  useEffect(() => {
    // Without an answer the page is as it was: the next write asks again.
    const look = () => { if (document.visibilityState === "visible" && isOutdated()) meet().catch(() => false); };
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      left();
    };
  }, []);
}

function FirmHouse({ me }: { me: Me }) {
  const { t } = useTranslation("shell");
  const [menu, setMenu] = useState(false);
  const [command, setCommand] = useState(false);
  return (
    <div className="house house-firm">
      <a className="skip" href="#work">{t("skip")}</a>
      <Navigation me={me} open={menu} onClose={() => { setMenu(false); }} />
      <div className="house-main">
        <TopBar me={me} onMenu={() => { setMenu(true); }} onCommand={() => { setCommand(true); }} />
        <Behind />
        <main className="work" id="work" tabIndex={-1}><Rooms me={me} /></main>
      </div>
      <CommandBox me={me} open={command} onOpen={() => { setCommand(true); }} onClose={() => { setCommand(false); }} />
    </div>
  );
}

function ClientHouse({ me }: { me: Me }) {
  const { t } = useTranslation("shell");
  return (
    <div className="house house-client">
      <a className="skip" href="#work">{t("skip")}</a>
      <ClientBar me={me} />
      <Behind />
      <main className="work" id="work" tabIndex={-1}><Rooms me={me} /></main>
    </div>
  );
}

/** Said once, quietly, while live updates are interrupted. */
function Behind() {
  const { t } = useTranslation("shell");
  const [shown, setShown] = useState(false);
  const live = useIsLive();
  useEffect(() => {
    const timer = setTimeout(() => { setShown(!live); }, live ? 0 : 4_000);
    return () => { clearTimeout(timer); };
  }, [live]);
  return shown ? <p className="behind" role="status">{t("behind")}</p> : null;
}
