import { useTranslation } from "react-i18next";

interface Props {
  figures: readonly { key: string; value: number; label: string }[];
  /** Said anew as a whole when a figure changes. */
  live?: boolean;
}

/** Figures side by side, each above what it counts. */
export function Figures({ figures, live }: Props) {
  const { i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <div className="counts" aria-live={live ? "polite" : undefined} aria-atomic={live}>
      {figures.map(({ key, value, label }) => (
        <div key={key}>
          <strong>{number.format(value)}</strong>
          <span>{label}</span>
        </div>
      ))}
    </div>
  );
}
