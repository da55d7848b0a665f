import { Button } from "antd";
import { EyeOff, RotateCcw, UserX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { DeadLetter } from "@/api/types";
import { usePermission } from "@/auth/permissions";
import { Mark } from "@/components/marks";
import { useAct } from "@/components/useAct";
import { useDanger } from "@/components/useDanger";
import { When } from "@/components/When";
import { discard, replay } from "./letters";

/** One event that was given up on: what it was, where it failed and why, and what to do with it. */
export function Letter({ letter }: { letter: DeadLetter }) {
  const { t } = useTranslation("letters");
  return (
    <li>
      <div>
        <code className="letter-type">{letter.type}</code>
        <div className="meta">
          <When at={letter.died_at} />
          <span>
            {letter.subscription ? (
              <>
                {t("handler")} <code>{handlerOf(letter.subscription)}</code>
              </>
            ) : (
              t("no_event")
            )}
          </span>
          {letter.record_id && (
            <Link to={`/audit?subject_id=${letter.record_id}`}>
              {t("record")} <code>{letter.record_id.slice(-12)}</code>
            </Link>
          )}
          {letter.erased && (
            <Mark icon={UserX} tone="quiet">
              {t("erased")}
            </Mark>
          )}
          {letter.record_id && !letter.erased && !letter.data && (
            <Mark icon={EyeOff} tone="quiet">
              {t("hidden")}
            </Mark>
          )}
        </div>
      </div>
      <Acts letter={letter} />
      {letter.error && (
        <pre className="body audit-value">
          <code>{letter.error}</code>
        </pre>
      )}
      {letter.data && (
        <details className="body">
          <summary>{t("says")}</summary>
          <pre className="audit-value">
            <code>{JSON.stringify(letter.data, null, 2)}</code>
          </pre>
        </details>
      )}
    </li>
  );
}

/** `take_over_client` of `clients.client:take_over_client`. */
function handlerOf(subscription: string): string {
  return subscription.split(":").pop() ?? subscription;
}

function Acts({ letter }: { letter: DeadLetter }) {
  const { t } = useTranslation("letters");
  const danger = useDanger();
  const mayReplay = usePermission("dead-letter:replay");
  const mayDiscard = usePermission("dead-letter:discard");
  const again = useAct(() => replay(letter), { touches: ["dead-letters"], done: t("replayed") });
  const away = useAct(() => discard(letter), { touches: ["dead-letters"], done: t("discarded") });
  const ask = () =>
    danger({
      title: t("discard_title"),
      content: t("discard_text"),
      okText: t("discard"),
      onOk: () => away.mutateAsync(),
    });
  return (
    <div className="letter-acts">
      {mayReplay && (
        <Button
          size="small"
          icon={<RotateCcw size={14} />}
          loading={again.isPending}
          onClick={() => {
            again.mutate();
          }}
        >
          {t("replay")}
        </Button>
      )}
      {mayDiscard && (
        <Button size="small" danger type="text" loading={away.isPending} onClick={() => void ask()}>
          {t("discard")}
        </Button>
      )}
    </div>
  );
}
