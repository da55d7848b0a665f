import { Button } from "antd";
import { AlertTriangle, ArrowLeft, Copy, RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { adviceFor, Problem, safetyOf } from "@/api/problem";
import { useCopy } from "./useCopy";

export function asProblem(error: unknown): Problem {
  return error instanceof Problem
    ? error
    : new Problem({ type: "about:blank", code: "interface", title: "", status: -1, detail: String(error) });
}

/** The three sentences of a problem: what happened, what is safe, what to do. */
export function useProblemWords(): (error: unknown) => { what: string; safe: string; next: string; title: string } {
  const { t } = useTranslation("problems");
  return (error) => {
    const problem = asProblem(error);
    const title = problem.document.title || t(problem.status === 0 ? "unreachable_title" : "unexpected_title");
    const what = problem.document.detail ?? t(problem.status === 0 ? "unreachable" : "unexpected");
    return { title, what, safe: t(`safe.${safetyOf(problem)}`), next: t(`next.${adviceFor(problem)}`) };
  };
}

/** `closing` takes the place of what is safe and what to do, where the page knows better. */
export function ProblemNotice({
  error,
  onRetry,
  compact = false,
  page = false,
  closing,
}: {
  error: unknown;
  onRetry?: () => void;
  compact?: boolean;
  /** It stands in for a whole page, whose heading it is. */
  page?: boolean;
  closing?: string;
}) {
  const { t } = useTranslation("problems");
  const { i18n } = useTranslation();
  const navigate = useNavigate();
  // Nothing lies behind the first page of a tab.
  const begun = (history.state as { idx?: number } | null)?.idx === 0;
  const goBack = () => { void (begun ? navigate("/") : navigate(-1)); };
  const words = useProblemWords()(error);
  const problem = asProblem(error);
  const places = problem.places.filter((place) => place.detail !== words.what);
  // Who knows how to mend it need not pass it on.
  const mendable = closing !== undefined && problem.status < 500;
  // Asking again does not change what does not exist or is not allowed.
  const final = problem.status === 403 || problem.status === 404;
  return (
    <section className={`problem ${compact ? "problem-compact" : ""}`} role="alert">
      <AlertTriangle size={18} aria-hidden="true" />
      <div className="problem-body">
        {page ? <h1>{words.title}</h1> : <strong>{words.title}</strong>}
        <p>{words.what}</p>
        {places.length > 0 && (
          <ul>
            {places.map((place) => (
              <li key={place.pointer + place.detail}>{place.detail}</li>
            ))}
          </ul>
        )}
        <p className="soft">{closing ?? [words.safe, words.next].join(i18n.language === "zh-CN" ? "" : " ")}</p>
        <div className="problem-acts">
          {onRetry && (final
            ? <Button size="small" icon={<ArrowLeft size={14} />} onClick={goBack}>
                {t(begun ? "to_start" : "back")}
              </Button>
            : <Button size="small" icon={<RotateCcw size={14} />} onClick={onRetry}>{t("retry")}</Button>)}
          {problem.requestId && !mendable && <RequestId id={problem.requestId} />}
        </div>
      </div>
    </section>
  );
}

function RequestId({ id }: { id: string }) {
  const { t } = useTranslation("problems");
  const copyText = useCopy();
  const copy = () => { void copyText(id, t("copied")); };
  return (
    <Button size="small" type="text" icon={<Copy size={13} />} onClick={copy} title={t("copy_request_id")}>
      <span className="sr-only">{t("copy_request_id")}</span><code>{id}</code>
    </Button>
  );
}
