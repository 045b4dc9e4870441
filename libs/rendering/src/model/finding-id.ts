import type { ReportLinks } from './report-links.ts';
import type { Span } from './report-content.ts';

/** `F-001`; wider for reports with thousands. */
export const findingId = (rank: number): string => `F-${String(rank).padStart(3, '0')}`;

/** Ids with a comma between, each a link where the report holds the place. */
export const findingSpans = (ranks: readonly number[], links: ReportLinks): Span[] =>
  ranks.flatMap((rank, index): Span[] => {
    const target = links.finding(rank);
    const id: Span = target === null ? { text: findingId(rank) } : { text: findingId(rank), link: target };
    return index === 0 ? [id] : [{ text: ', ' }, id];
  });
