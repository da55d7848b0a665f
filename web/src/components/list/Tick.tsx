/** A box to tick in a list: the browser's own, since every row has one. */
export function Tick({ label, on, some = false, tabIndex, onChange }: {
  label: string; on: boolean; some?: boolean; tabIndex?: number; onChange: (on: boolean) => void;
}) {
  return (
    <input
      type="checkbox" className="tick" aria-label={label} checked={on} tabIndex={tabIndex}
      ref={(box) => { if (box) box.indeterminate = some; }} onChange={(event) => { onChange(event.target.checked); }}
    />
  );
}
