import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

function Required() {
  const { t } = useTranslation("forms");
  return <span className="required-mark">{t("required_mark")}</span>;
}

/** Few boxes must be filled: those say so, in a word. */
export function markRequired(label: ReactNode, { required }: { required: boolean }): ReactNode {
  return required ? <>{label}<Required /></> : label;
}
