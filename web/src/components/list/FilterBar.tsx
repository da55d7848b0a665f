import { Button, Checkbox, Input, Popover, Radio } from "antd";
import { ChevronDown, Search, X } from "lucide-react";
import { useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { FilterValues } from "@/lib/filters";
import type { Filter } from "./types";

interface Props {
  filters: readonly Filter[];
  values: FilterValues;
  searchLabel: string;
  searchable: boolean;
  /** A named view is shown: what it sets needs no chip. */
  named: boolean;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (name: string, value: string | null) => void;
  onClear: () => void;
}

const TYPING = 250;

export function FilterBar({ filters, values, searchLabel, searchable, named, searchRef, onChange, onClear }: Props) {
  const { t } = useTranslation("lists");
  const shown = filters.filter((filter) => !filter.quiet || (values[filter.name] && !named));
  const used = shown.some((filter) => values[filter.name]);
  const typing = useTyping(values["q"] ?? "", searchRef, (q) => { onChange("q", q || null); });
  if (!searchable && filters.length === 0) return <div className="filters-none" />;
  return (
    <div className="filters" role="search">
      {searchable && <SearchBox typing={typing} label={searchLabel} inputRef={searchRef} />}
      {shown.map((filter) => (
        <FilterChip
          key={filter.name}
          filter={filter}
          value={values[filter.name] ?? ""}
          onChange={(value) => {
            onChange(filter.name, value || null);
          }}
        />
      ))}
      {used && (
        <Button type="text" size="small" icon={<X size={14} />} onClick={() => { typing.drop(); onClear(); }}>
          {t("clear_filters")}
        </Button>
      )}
    </div>
  );
}

/** Typing searches after a short rest; the box is never overwritten while it has the cursor. */
function useTyping(value: string, box: RefObject<HTMLInputElement | null>, search: (text: string) => void) {
  const [text, setText] = useState(value);
  const timer = useRef<number>(undefined);
  useEffect(() => {
    if (document.activeElement !== box.current) setText(value);
  }, [value, box]);
  useEffect(() => () => { window.clearTimeout(timer.current); }, []);
  const type = (next: string) => {
    setText(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => { search(next.trim()); }, TYPING);
  };
  const drop = () => {
    setText("");
    window.clearTimeout(timer.current);
  };
  return { text, type, drop };
}

function SearchBox({ typing: { text, type }, label, inputRef }: {
  typing: ReturnType<typeof useTyping>; label: string; inputRef: RefObject<HTMLInputElement | null>;
}) {
  return (
    <Input
      className="filter-search" allowClear aria-label={label} placeholder={label} value={text}
      prefix={<Search size={14} aria-hidden="true" />} suffix={text ? undefined : <kbd aria-hidden="true">/</kbd>}
      ref={(ref) => { inputRef.current = ref?.input ?? null; }}
      onChange={(event) => { type(event.target.value); }}
      onKeyDown={(event) => { if (event.key === "Escape") inputRef.current?.blur(); }}
    />
  );
}

function FilterChip({ filter, value, onChange }: { filter: Filter; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation("lists");
  const [open, setOpen] = useState(false);
  const chosen = value ? value.split(",") : [];
  const names = filter.options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
  const said = names.length > 2 ? t("chosen_count", { count: names.length }) : names.join(t("and"));
  return (
    <Popover
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      open={open}
      onOpenChange={setOpen}
      destroyOnHidden
      content={
        <FilterOptions
          filter={filter}
          chosen={chosen}
          onChange={(next) => {
            onChange(next.join(","));
            if (!filter.several) setOpen(false);
          }}
        />
      }
    >
      <Button className={`chip ${chosen.length ? "chip-on" : ""}`} aria-haspopup="dialog" aria-expanded={open}>
        {filter.label}{said && <strong>{said}</strong>}<ChevronDown size={14} aria-hidden="true" />
      </Button>
    </Popover>
  );
}

function FilterOptions({
  filter,
  chosen,
  onChange,
}: {
  filter: Filter;
  chosen: string[];
  onChange: (values: string[]) => void;
}) {
  const { t } = useTranslation("lists");
  const [text, setText] = useState("");
  const shown = filter.options.filter((option) => option.label.toLowerCase().includes(text.toLowerCase()));
  return (
    <div className="filter-options" role="dialog" aria-label={filter.label}>
      {filter.options.length > 10 && (
        <Input
          size="small"
          autoFocus
          value={text}
          aria-label={t("find_option")}
          placeholder={t("find_option")}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
      )}
      <div className="filter-option-list">
        {filter.several ? (
          <Checkbox.Group value={chosen} onChange={onChange} options={[...shown]} />
        ) : (
          <Radio.Group
            value={chosen[0]}
            onChange={(event) => {
              onChange([String(event.target.value)]);
            }}
            options={[...shown]}
          />
        )}
        {shown.length === 0 && <p className="soft">{t("no_option")}</p>}
      </div>
      {chosen.length > 0 && <Button size="small" type="link" onClick={() => { onChange([]); }}>{t("clear")}</Button>}
    </div>
  );
}
