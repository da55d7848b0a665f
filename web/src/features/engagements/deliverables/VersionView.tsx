import { CheckCircle2, CornerUpLeft, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { Avatar } from "antd";
import { useTranslation } from "react-i18next";
import type { DeliverableComment, DeliverableVersion, Verdict } from "@/api/types";
import { Mark } from "@/components/marks";
import { When } from "@/components/When";
import { initials } from "@/lib/names";

interface Props {
  version: DeliverableVersion;
  latest: boolean;
  comments: readonly DeliverableComment[];
  verdicts: readonly Verdict[];
  children?: ReactNode;
}

/** A version with its words, the verdicts on it and what was said; earlier ones are folded. */
export function VersionView({ version, latest, comments, verdicts, children }: Props) {
  const { t } = useTranslation("deliverables");
  return (
    <details className="version" open={latest}>
      <summary>
        <h2>{t("version", { number: version.number })}</h2>
        <span className="soft">
          {version.author.name} · <When at={version.submitted_at} />
        </span>
        {latest ? null : verdicts.slice(-1).map((verdict) => <VerdictMark key={verdict.id} verdict={verdict} />)}
      </summary>
      {version.reference && (
        <p className="version-ref">
          <FileText size={14} aria-hidden="true" />
          <Reference text={version.reference} />
        </p>
      )}
      {version.text && <div className="version-text pre">{version.text}</div>}
      {verdicts.length > 0 && (
        <ul className="verdicts">
          {verdicts.map((verdict) => (
            <VerdictLine key={verdict.id} verdict={verdict} />
          ))}
        </ul>
      )}
      {(comments.length > 0 || children) && (
        <section className="comments" aria-label={t("comments")}>
          <h3>
            {t("comments")}
            <span className="count"> {comments.length}</span>
          </h3>
          <ul className="conversation">
            {comments.map((each) => (
              <li key={each.id} className="talk">
                <Avatar size={32} className="avatar" aria-hidden="true">
                  {initials(each.author.name ?? "")}
                </Avatar>
                <div>
                  <p className="talk-head">
                    <strong>{each.author.name}</strong>
                    <When at={each.created_at} />
                  </p>
                  <p className="talk-text">{each.body}</p>
                </div>
              </li>
            ))}
          </ul>
          {children}
        </section>
      )}
    </details>
  );
}

function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation("deliverables");
  const passed = verdict.verdict === "passed";
  return (
    <Mark icon={passed ? CheckCircle2 : CornerUpLeft} tone={passed ? "good" : "bad"}>
      {t(`verdict.${verdict.step}_${verdict.verdict}`)}
    </Mark>
  );
}

function VerdictLine({ verdict }: { verdict: Verdict }) {
  return (
    <li>
      <VerdictMark verdict={verdict} />
      <span className="soft">
        {verdict.by.name} · <When at={verdict.at} />
      </span>
      {verdict.reason && <p className="pre">{verdict.reason}</p>}
    </li>
  );
}

/** Only an address of the web becomes a link; anything else stays text. */
function Reference({ text }: { text: string }) {
  return /^https?:\/\/\S+$/i.test(text) ? (
    <a href={text} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  ) : (
    <span>{text}</span>
  );
}
