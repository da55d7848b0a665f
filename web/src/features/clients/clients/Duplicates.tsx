import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

const REASONS = ["credit_code", "name", "similar_name", "domain", "phone"] as const;
type Reason = (typeof REASONS)[number];
export interface Candidate { id: string; number: string; legal_name: string; reasons: string[] }

const known = (reason: string): reason is Reason => (REASONS as readonly string[]).includes(reason);

/** Records that may be the same organisation, and the way on when they are not. */
export function Duplicates({
  candidates,
  confirmed,
  onConfirm,
}: {
  candidates: readonly Candidate[];
  confirmed: boolean;
  onConfirm: () => void;
}) {
  const { t } = useTranslation("clients");
  return (
    <section className="banner banner-warn" role="alert" aria-label={t("duplicates_title")}>
      <h2>{t("duplicates_title")}</h2>
      <p className="soft">{t("duplicates_text")}</p>
      <ul className="lines">
        {candidates.map((candidate) => (
          <li key={candidate.id}>
            <Link to={`/clients/${candidate.id}`} target="_blank">{candidate.legal_name}</Link>
            <span className="num soft">{candidate.number}</span>
            <span className="meta body">
              {candidate.reasons.map((reason) => (
                <span key={reason}>{known(reason) ? t(`duplicate_reason.${reason}`) : reason}</span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {!confirmed && <div className="banner-acts"><Button onClick={onConfirm}>{t("duplicates_confirm")}</Button></div>}
    </section>
  );
}
