import type { Anchor, Block, FindingContent, ReportContent, SectionContent } from '../content/report-content.ts';
import { findingColumns } from '../content/finding-columns.ts';
import { againAnchor } from '../content/place-names.ts';
import { geometries } from '../theme/geometry.ts';
import { largestOverviewSize, typeScale } from '../theme/type-scale.ts';
import { drawBlocks } from './draw-blocks.ts';
import { drawContents } from './draw-contents.ts';
import { drawCover } from './draw-cover.ts';
import { drawGlance } from './draw-glance.ts';
import { drawFindingHead, drawSectionHead } from './draw-headings.ts';
import { tableRowDrawer } from './draw-table.ts';
import type { Frame } from './frame.ts';
import type { LaidOutReport } from './laid-out-report.ts';
import { bookmarks, contentsEntries } from './list-sections.ts';
import type { Page } from './paginate.ts';
import { Pagination } from './paginate.ts';
import { runningMarks } from './running-marks.ts';
import type { Running, Strip } from './strip.ts';
import { gap } from './strip.ts';

/** Pages of one section up to which it counts as bounded. */
const boundedPages = 12;

/** Turns content and findings into pages. Page numbers are known at the end and filled in by the writer. */
export function layOutReport(content: ReportContent, findings: readonly FindingContent[]): LaidOutReport {
  if (content.pages === null) return layOut(content, findings, null);
  // Which places a preview holds is known once it is laid out; its contents must not send readers to others.
  const { anchors } = layOut(content, findings, null);
  return layOut(content, findings, new Set(anchors.keys()));
}

function layOut(
  content: ReportContent,
  findings: readonly FindingContent[],
  present: ReadonlySet<Anchor> | null,
): LaidOutReport {
  const most = content.pages ?? Number.POSITIVE_INFINITY;
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
  pagination.add(
    head({ number: '', title: 'At a glance', lead: [] }, overview, { section: 'At a glance' }, 'section-glance'),
  );
  pagination.add(drawGlance(content.glance, overview));
  pagination.add(head({ number: '', title: 'Contents', lead: [] }, frame, { section: 'Contents' }, 'section-contents'));
  const entries = contentsEntries(sections, findings);
  pagination.add(
    drawContents(
      entries.map((entry) =>
        present?.has(entry.anchor) === false ? { ...entry, absent: 'not in the preview' } : entry,
      ),
      frame,
    ),
  );
  for (const section of sections) {
    const running: Running = {
      section: `${section.number} ${section.title}`,
      ...(listsFindings(section) ? { rankTotal: content.pages === null ? findings.length : content.findingCount } : {}),
    };
    pagination.add(head(section, frame, running, section.anchor));
    for (const strips of bodyOf(section, findings, frame, running)) {
      pagination.add(strips);
      if (pagination.pages.length > most) break;
    }
    if (pagination.pages.length > most) break;
  }
  const pages = pagination.finish().slice(0, most);
  return {
    geometry,
    pages: pages.map((page, index) => ({
      placed: [...page.placed, { y: 0, marks: runningMarks(page, index, pages.length, content, frame, geometry) }],
      bulk: isBulk(page, pages),
    })),
    anchors: anchorsOf(pages),
    outline: bookmarks(sections, findings),
  };
}

const head = drawSectionHead;

function* bodyOf(
  section: SectionContent,
  findings: readonly FindingContent[],
  frame: Frame,
  running: Running,
): Generator<readonly Strip[]> {
  let bounded: Block[] = [];
  let before: Block['kind'] | null = null;
  const drawBounded = (): readonly Strip[] => {
    const strips = drawBlocks(bounded, frame, before !== null);
    bounded = [];
    return before === 'finding_details' ? named(strips, running) : strips;
  };
  for (const block of section.blocks) {
    if (block.kind !== 'findings_table' && block.kind !== 'finding_details') {
      bounded.push(block);
      continue;
    }
    yield drawBounded();
    if (block.kind === 'findings_table') yield* findingRows(findings, frame, running, block.again);
    else yield* findingDetails(findings, frame, running, block);
    before = block.kind;
  }
  yield drawBounded();
}

/** The header names the section alone from here on: what follows details belongs to no finding any more. */
function named(strips: readonly Strip[], running: Running): readonly Strip[] {
  const first = strips.findIndex((strip) => strip.space !== true);
  return strips.map((strip, index) => (index === first ? { ...strip, running } : strip));
}

const listsFindings = (section: SectionContent): boolean =>
  section.blocks.some((block) => block.kind === 'findings_table');

function* findingRows(
  findings: readonly FindingContent[],
  frame: Frame,
  running: Running,
  again: number | undefined,
): Generator<readonly Strip[]> {
  const table = tableRowDrawer({ columns: findingColumns }, frame);
  yield named(table.head(), running);
  for (const [index, finding] of findings.entries()) {
    const next = findings[index + 1]?.row ?? null;
    const last = findings.length - 1;
    const row = { ...finding.row, anchor: againAnchor(`row-${finding.rank}`, again) };
    yield table.row(row, next, last > 0 && (index === 0 || index === last - 1));
  }
  yield [gap(8)];
}

function* findingDetails(
  findings: readonly FindingContent[],
  frame: Frame,
  running: Running,
  { again, below }: Extract<Block, { kind: 'finding_details' }>,
): Generator<readonly Strip[]> {
  for (const [index, finding] of findings.entries()) {
    const anchor = againAnchor(`finding-${finding.rank}`, again);
    yield drawFindingHead(finding, frame, { ...running, item: finding.id }, anchor, below === true && index === 0);
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
