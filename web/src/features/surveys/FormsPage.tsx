import { useTranslation } from "react-i18next";
import { Section } from "@/components/Page";
import { ProblemNotice } from "@/components/ProblemNotice";
import { RowSkeletons } from "@/components/Skeletons";
import { sayText } from "@/lib/said";
import { useForms } from "./api";

/** What is asked, word by word, in the reader's language. */
export function FormsPage() {
  const { t, i18n } = useTranslation("surveys");
  const forms = useForms();
  if (forms.isPending) return <RowSkeletons rows={6} />;
  if (forms.isError) return <ProblemNotice error={forms.error} onRetry={() => void forms.refetch()} />;
  return forms.data.map((form) => (
    <Section key={form.id} title={sayText(form.title, i18n.language)}>
      <p className="soft">
        {t(form.kind === "nps" ? "nps_short" : "csat_short")} · {t("version", { number: form.version })}
      </p>
      <p className="notes ask-text">{sayText(form.intro, i18n.language)}</p>
      <ol className="lines">
        {form.questions.map((question) => (
          <li key={question.key}>
            <span>{sayText(question.title, i18n.language)}</span>
            <span className="soft small">
              {t(`question.${question.kind}`)}
              {question.required && ` · ${t("needed")}`}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  ));
}
