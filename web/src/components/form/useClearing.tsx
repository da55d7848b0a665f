import { X } from "lucide-react";
import { useTranslation } from "react-i18next";

/** What lets a choice be taken back, named in the reader's language. */
export function useClearing() {
  const { t } = useTranslation("forms");
  return { clearIcon: <X size={12} aria-hidden="true" />, label: t("clear") };
}
