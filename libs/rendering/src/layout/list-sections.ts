import type { Severity } from '#domain';
import type { Anchor, Block, FindingContent, SectionContent } from '../content/report-content.ts';
import { againAnchor } from '../content/place-names.ts';
import { formatCount } from '../content/numbers.ts';
import { severityMarks } from '../theme/colours.ts';
import type { ContentsEntry } from './draw-contents.ts';
import type { OutlineEntry } from './laid-out-report.ts';

/** Findings up to which each has a bookmark of its own. */
const singleBookmarks = 300;

type Details = Extract<Block, { kind: 'finding_details' }>;

/** Lines of the contents: sections, and what has a number of its own directly below them. */
export function contentsEntries(
  sections: readonly SectionContent[],
  findings: readonly FindingContent[],
): ContentsEntry[] {
  return [
    { level: 1, number: '', title: 'At a glance', anchor: 'section-glance' },
    { level: 1, number: '', title: 'Contents', anchor: 'section-contents' },
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

function ranges(details: Details, findings: readonly FindingContent[]): ContentsEntry[] {
  return severityRanges(findings).map((range, index): ContentsEntry => {
    const ids = range.first.id === range.last.id ? range.first.id : `${range.first.id} to ${range.last.id}`;
    const word = range.severity === null ? 'without severity' : severityMarks[range.severity].word.toLowerCase();
    const title = `${ids}, ${word} (${formatCount(range.count)})`;
    return { level: 2, number: `${details.number}.${index + 1}`, title, anchor: findingAnchor(range.first, details) };
  });
}

const findingAnchor = (finding: FindingContent, { again }: Details): Anchor =>
  againAnchor(`finding-${finding.rank}`, again);

interface SeverityRange {
  readonly severity: Severity | null;
  readonly first: FindingContent;
  last: FindingContent;
  count: number;
}

function severityRanges(findings: readonly FindingContent[]): SeverityRange[] {
  const found: SeverityRange[] = [];
  for (const finding of findings) {
    const open = found.at(-1);
    if (open?.severity === finding.severity) {
      open.last = finding;
      open.count++;
    } else found.push({ severity: finding.severity, first: finding, last: finding, count: 1 });
  }
  return found;
}

/** Bookmarks: as the contents, and below them each finding. */
export function bookmarks(sections: readonly SectionContent[], findings: readonly FindingContent[]): OutlineEntry[] {
  return [
    { title: 'At a glance', anchor: 'section-glance', children: [] },
    { title: 'Contents', anchor: 'section-contents', children: [] },
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

function findingBookmarks(details: Details, findings: readonly FindingContent[]): OutlineEntry[] {
  if (findings.length <= singleBookmarks) {
    return findings.map((finding) => ({
      title: `${finding.id} ${finding.title}`,
      anchor: findingAnchor(finding, details),
      children: [],
    }));
  }
  const entries: OutlineEntry[] = [];
  for (let i = 0; i < findings.length; i += 100) {
    const [first, last] = [findings[i], findings[Math.min(i + 99, findings.length - 1)]];
    if (first && last)
      entries.push({ title: `${first.id} to ${last.id}`, anchor: findingAnchor(first, details), children: [] });
  }
  return entries;
}
