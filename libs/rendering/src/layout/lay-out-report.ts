import type { Severity } from '#domain';
import type { Anchor, FindingContent, ReportContent, SectionContent } from '../content/report-content.ts';
import { findingColumns } from '../content/finding-columns.ts';
import { formatCount } from '../content/numbers.ts';
import { severityMarks } from '../theme/colours.ts';
import { geometries } from '../theme/geometry.ts';
import { largestOverviewSize, typeScale } from '../theme/type-scale.ts';
import { drawBlocks } from './draw-blocks.ts';
import type { ContentsEntry } from './draw-contents.ts';
import { drawContents } from './draw-contents.ts';
import { drawCover } from './draw-cover.ts';
import { drawGlance } from './draw-glance.ts';
import { drawFindingHead, drawSectionHead } from './draw-headings.ts';
import { tableRowDrawer } from './draw-table.ts';
import type { Frame } from './frame.ts';
import type { LaidOutReport, OutlineEntry } from './laid-out-report.ts';
import type { Page } from './paginate.ts';
import { Pagination } from './paginate.ts';
import { runningMarks } from './running-marks.ts';
import type { Running, Strip } from './strip.ts';
import { gap } from './strip.ts';

/** Pages of one section up to which it counts as bounded. */
const boundedPages = 12;
/** Findings up to which each has a bookmark of its own. */
const singleBookmarks = 300;

/** Turns content and findings into pages. Page numbers are known at the end and filled in by the writer. */
export function layOutReport(content: ReportContent, findings: readonly FindingContent[]): LaidOutReport {
  const geometry = geometries[content.style.paper];
  const frameAt = (fontSize: number): Frame => ({
    x: geometry.left,
    width: geometry.contentWidth,
    scale: typeScale(content.style.font, fontSize),
    pageHeight: geometry.contentBottom - geometry.contentTop,
  });
  const frame = frameAt(content.style.font_size);
  const overview = frameAt(Math.min(content.style.font_size, largestOverviewSize));
  const pagination = new Pagination(geometry);
  const sections = [...content.sections, content.integrity];

  pagination.add(drawCover(content, overview, geometry));
  pagination.add(head({ number: '', title: 'At a glance', lead: [] }, overview, { section: 'At a glance' }, 'glance'));
  pagination.add(drawGlance(content.glance, overview));
  pagination.add(head({ number: '', title: 'Contents', lead: [] }, frame, { section: 'Contents' }, 'contents'));
  pagination.add(drawContents(contentsEntries(sections, findings), frame));
  for (const section of sections) {
    const running: Running = { section: `${section.number} ${section.title}` };
    pagination.add(
      head(
        section,
        frame,
        { ...running, ...(section.key === 'findings' ? { rankTotal: findings.length } : {}) },
        section.key,
      ),
    );
    for (const strips of bodyOf(section, findings, frame, running)) pagination.add(strips);
  }
  const pages = pagination.finish();
  return {
    geometry,
    pages: pages.map((page, index) => ({
      placed: [...page.placed, { y: 0, marks: runningMarks(page, index, pages.length, content, frame, geometry) }],
      bulk: isBulk(page, pages),
    })),
    anchors: anchorsOf(pages),
    outline: outlineOf(sections, findings),
  };
}

const head = drawSectionHead;

function* bodyOf(
  section: SectionContent,
  findings: readonly FindingContent[],
  frame: Frame,
  running: Running,
): Generator<readonly Strip[]> {
  for (const block of section.blocks) {
    if (block.kind === 'findings_table') yield* findingRows(findings, frame);
    else if (block.kind === 'finding_details') yield* findingDetails(findings, frame, running);
  }
  yield drawBlocks(section.blocks, frame);
}

function* findingRows(findings: readonly FindingContent[], frame: Frame): Generator<readonly Strip[]> {
  const table = tableRowDrawer({ columns: findingColumns }, frame);
  yield table.head();
  for (const [index, finding] of findings.entries()) {
    const next = findings[index + 1]?.row ?? null;
    const last = findings.length - 1;
    yield table.row(finding.row, next, last > 0 && (index === 0 || index === last - 1));
  }
  yield [gap(8)];
}

function* findingDetails(
  findings: readonly FindingContent[],
  frame: Frame,
  running: Running,
): Generator<readonly Strip[]> {
  for (const finding of findings) {
    yield drawFindingHead(finding, frame, { ...running, item: finding.id });
    yield drawBlocks(finding.blocks, frame);
  }
}

function isBulk(page: Page, pages: readonly Page[]): boolean {
  const section = page.running?.section;
  return sectionSizes(pages).get(section ?? '') === true;
}

const sizes = new WeakMap<readonly Page[], Map<string, boolean>>();

function sectionSizes(pages: readonly Page[]): Map<string, boolean> {
  let known = sizes.get(pages);
  if (!known) {
    const counts = new Map<string, number>();
    for (const { running } of pages) counts.set(running?.section ?? '', (counts.get(running?.section ?? '') ?? 0) + 1);
    known = new Map([...counts].map(([name, count]) => [name, count > boundedPages]));
    sizes.set(pages, known);
  }
  return known;
}

function anchorsOf(pages: readonly Page[]): Map<Anchor, { page: number; y: number }> {
  const anchors = new Map<Anchor, { page: number; y: number }>();
  pages.forEach((page, index) => {
    for (const { y, marks } of page.placed) {
      for (const mark of marks) if (mark.kind === 'anchor') anchors.set(mark.name, { page: index, y: y + mark.y });
    }
  });
  return anchors;
}

function contentsEntries(sections: readonly SectionContent[], findings: readonly FindingContent[]): ContentsEntry[] {
  return [
    { level: 1, number: '', title: 'At a glance', anchor: 'section-glance' },
    { level: 1, number: '', title: 'Contents', anchor: 'section-contents' },
    ...sections.flatMap((section): ContentsEntry[] => [
      { level: 1, number: section.number, title: section.title, anchor: `section-${section.key}` },
      ...subsections(section, findings),
    ]),
  ];
}

function subsections(section: SectionContent, findings: readonly FindingContent[]): ContentsEntry[] {
  const headings = section.blocks.flatMap((block): ContentsEntry[] =>
    block.kind === 'heading' && block.anchor !== undefined
      ? [{ level: 2, number: block.number, title: block.text, anchor: block.anchor }]
      : [],
  );
  if (section.key !== 'evidence') return headings;
  return [
    ...headings,
    ...severityRanges(findings).map((range, index): ContentsEntry => {
      const ids = range.first.id === range.last.id ? range.first.id : `${range.first.id} to ${range.last.id}`;
      const word = range.severity === null ? 'without severity' : severityMarks[range.severity].word.toLowerCase();
      const title = `${ids}, ${word} (${formatCount(range.count)})`;
      return { level: 2, number: `${section.number}.${index + 1}`, title, anchor: `finding-${range.first.rank}` };
    }),
  ];
}

interface SeverityRange {
  readonly severity: Severity | null;
  readonly first: FindingContent;
  last: FindingContent;
  count: number;
}

function severityRanges(findings: readonly FindingContent[]): SeverityRange[] {
  const ranges: SeverityRange[] = [];
  for (const finding of findings) {
    const open = ranges.at(-1);
    if (open?.severity === finding.severity) {
      open.last = finding;
      open.count++;
    } else ranges.push({ severity: finding.severity, first: finding, last: finding, count: 1 });
  }
  return ranges;
}

function outlineOf(sections: readonly SectionContent[], findings: readonly FindingContent[]): OutlineEntry[] {
  return [
    { title: 'At a glance', anchor: 'section-glance', children: [] },
    { title: 'Contents', anchor: 'section-contents', children: [] },
    ...sections.map((section): OutlineEntry => ({
      title: `${section.number} ${section.title}`,
      anchor: `section-${section.key}`,
      children:
        section.key === 'evidence'
          ? findingBookmarks(findings)
          : subsections(section, []).map((entry) => ({
              title: `${entry.number} ${entry.title}`,
              anchor: entry.anchor,
              children: [],
            })),
    })),
  ];
}

function findingBookmarks(findings: readonly FindingContent[]): OutlineEntry[] {
  if (findings.length <= singleBookmarks) {
    return findings.map(({ id, title, rank }) => ({
      title: `${id} ${title}`,
      anchor: `finding-${rank}`,
      children: [],
    }));
  }
  const bookmarks: OutlineEntry[] = [];
  for (let i = 0; i < findings.length; i += 100) {
    const [first, last] = [findings[i], findings[Math.min(i + 99, findings.length - 1)]];
    if (first && last)
      bookmarks.push({ title: `${first.id} to ${last.id}`, anchor: `finding-${first.rank}`, children: [] });
  }
  return bookmarks;
}
