import { findingId } from './finding-id.ts';
import { type FindingsDigest, singleBookmarks } from './findings-digest.ts';
import type { Anchor, Block, SectionContent } from './report-content.ts';
import { againAnchor } from './place-names.ts';
import { formatCount } from '../format/numbers.ts';
import { severityMarks } from '../theme/colours.ts';

export const glanceTitle = 'At a glance';
export const contentsTitle = 'Contents';

export interface ContentsEntry {
  readonly level: 1 | 2;
  readonly number: string;
  readonly title: string;
  readonly anchor: Anchor;
  /** In place of a page: why there is none. */
  readonly absent?: string;
}

export interface OutlineEntry {
  readonly title: string;
  readonly anchor: Anchor;
  readonly children: readonly OutlineEntry[];
}

type Details = Extract<Block, { kind: 'finding_details' }>;

/** Lines of the contents: sections, and what has a number of its own directly below them. */
export function contentsEntries(sections: readonly SectionContent[], findings: FindingsDigest): ContentsEntry[] {
  return [
    { level: 1, number: '', title: glanceTitle, anchor: 'section-glance' },
    { level: 1, number: '', title: contentsTitle, anchor: 'section-contents' },
    ...sections.flatMap((section): ContentsEntry[] => [
      { level: 1, number: section.number, title: section.title, anchor: section.anchor },
      ...section.blocks.flatMap((block): ContentsEntry[] => {
        if (block.kind === 'heading' && block.anchor !== undefined && !block.minor)
          return [{ level: 2, number: block.number, title: block.text, anchor: block.anchor }];
        return block.kind === 'finding_details' && block.number === section.number ? ranges(block, findings) : [];
      }),
    ]),
  ];
}

function ranges(details: Details, { ranges: found }: FindingsDigest): ContentsEntry[] {
  return found.map(({ severity, first, last }, index): ContentsEntry => {
    const ids = first === last ? findingId(first) : `${findingId(first)} to ${findingId(last)}`;
    const word = severity === null ? 'without severity' : severityMarks[severity].word.toLowerCase();
    const title = `${ids}, ${word} (${formatCount(last - first + 1)})`;
    return { level: 2, number: `${details.number}.${index + 1}`, title, anchor: findingAnchor(first, details) };
  });
}

const findingAnchor = (rank: number, { again }: Details): Anchor => againAnchor(`finding-${rank}`, again);

/** Bookmarks: as the contents, and below them each finding. */
export function bookmarks(sections: readonly SectionContent[], findings: FindingsDigest): OutlineEntry[] {
  return [
    { title: glanceTitle, anchor: 'section-glance', children: [] },
    { title: contentsTitle, anchor: 'section-contents', children: [] },
    ...sections.map((section): OutlineEntry => ({
      title: `${section.number} ${section.title}`,
      anchor: section.anchor,
      children: section.blocks.flatMap((block): OutlineEntry[] => {
        if (block.kind === 'heading' && block.anchor !== undefined)
          return [{ title: `${block.number} ${block.text}`, anchor: block.anchor, children: [] }];
        return block.kind === 'finding_details' ? findingBookmarks(block, findings) : [];
      }),
    })),
  ];
}

function findingBookmarks(details: Details, { count, titles }: FindingsDigest): OutlineEntry[] {
  const entry = (title: string, rank: number): OutlineEntry => ({
    title,
    anchor: findingAnchor(rank, details),
    children: [],
  });
  if (count <= singleBookmarks)
    return titles.map((title, index) => entry(`${findingId(index + 1)} ${title}`, index + 1));
  const entries: OutlineEntry[] = [];
  for (let first = 1; first <= count; first += 100)
    entries.push(entry(`${findingId(first)} to ${findingId(Math.min(first + 99, count))}`, first));
  return entries;
}
