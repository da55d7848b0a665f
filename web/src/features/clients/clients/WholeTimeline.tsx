import { Button, Segmented } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Page, TimelineEntry } from "@/api/types";
import { ProblemNotice } from "@/components/ProblemNotice";
import { Section } from "@/components/Page";
import { RowSkeletons } from "@/components/Skeletons";
import { useMore } from "@/components/useMore";
import { Timeline } from "./Timeline";

/** What the client page brings with it. */
const WITH_THE_PAGE = 50;
const AT_ONCE = 100;
const SOURCES = [
  "all",
  "interaction",
  "engagement",
  "case",
  "survey",
  "opportunity",
  "contact",
  "client",
  "import",
] as const;
type Source = (typeof SOURCES)[number];

function useTimeline(clientId: string, source: Source, enabled: boolean) {
  return useInfiniteQuery({
    queryKey: ["clients", clientId, "timeline", source],
    enabled,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<TimelineEntry>>(
        `/clients/${clientId}/timeline`,
        { source: source === "all" ? null : source, limit: AT_ONCE, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

/** The timeline by kind, and as far back as one wants to read. */
export function WholeTimeline({ clientId, newest }: { clientId: string; newest: readonly TimelineEntry[] }) {
  const { t } = useTranslation("clients");
  const [source, setSource] = useState<Source>("all");
  const [deep, setDeep] = useState(false);
  const asked = deep || source !== "all";
  const found = useTimeline(clientId, source, asked);
  const entries = asked && found.data ? found.data.pages.flatMap((page) => page.items) : newest;
  const next = useMore(found, source);
  const more = asked ? found.hasNextPage : newest.length >= WITH_THE_PAGE;
  const { place, remember } = useReadingPlace(entries.length);

  const older = () => {
    remember();
    if (asked) next.more();
    else setDeep(true);
  };
  return (
    <Section id="timeline" title={t("timeline")}>
      <div className="segments">
        <Segmented
          aria-label={t("timeline_kinds")}
          value={source}
          options={SOURCES.map((value) => ({ value, label: t(`timeline_kind.${value}`) }))}
          onChange={setSource}
        />
      </div>
      <div ref={place}>
        {asked && found.isPending ? (
          <RowSkeletons rows={4} />
        ) : found.isError ? (
          <ProblemNotice error={found.error} onRetry={() => void found.refetch()} compact />
        ) : entries.length === 0 && source !== "all" ? (
          <p className="empty-small">{t("timeline_none")}</p>
        ) : (
          <Timeline entries={entries} />
        )}
      </div>
      {more && (
        <Button loading={next.missing || (asked && found.isPending)} onClick={older}>{t("timeline_older")}</Button>
      )}
    </Section>
  );
}

/** After older entries came, reading goes on at the first of them, by keyboard too. */
function useReadingPlace(count: number) {
  const place = useRef<HTMLDivElement>(null);
  const from = useRef<number | null>(null);
  useEffect(() => {
    if (from.current === null || count <= from.current) return;
    place.current?.querySelectorAll<HTMLElement>("[data-entry]")[from.current]?.focus({ preventScroll: true });
    from.current = null;
  }, [count]);
  return { place, remember: () => { from.current = count; } };
}
