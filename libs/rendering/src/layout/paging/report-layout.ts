import type { FindingsDigest } from '../../model/findings-digest.ts';
import type { Anchor, Block, FindingContent, ReportContent, SectionContent } from '../../model/report-content.ts';
import { geometries, type Geometry } from '../../theme/geometry.ts';
import { largestOverviewSize, typeScale } from '../../theme/type-scale.ts';
import { drawBlocks } from '../blocks/draw-blocks.ts';
import { drawContents } from '../blocks/draw-contents.ts';
import { drawCover } from '../blocks/draw-cover.ts';
import { drawSectionHead } from '../blocks/draw-headings.ts';
import { drawFittingGlance } from '../blocks/fit-glance.ts';
import { findingsFlow, type FindingsFlow, isStreamed, named } from './findings-flow.ts';
import type { Frame } from '../strips/frame.ts';
import type { LaidOutPage, PageNumber, PlacedPage } from './laid-out-report.ts';
import {
  bookmarks,
  contentsEntries,
  contentsTitle,
  glanceTitle,
  type OutlineEntry,
} from '../../model/list-sections.ts';
import { type Page, Pagination } from './paginate.ts';
import { pageNumberMarks, runningMarks } from './running-marks.ts';
import { heightOf, type Running, type Strip } from '../strips/strip.ts';

/** Pages of one section up to which it counts as bounded. */
const boundedPages = 12;

/** Takes a page that is full. */
type PageSink = (page: PlacedPage) => void;

/** Pages that are laid out at once. */
interface BoundedPart {
  readonly pagination: Pagination;
  readonly finish: () => void;
}

/** Pages that findings fill as they come. */
interface OpenPart {
  readonly flow: FindingsFlow;
  readonly pagination: Pagination;
  /** What follows the findings in their section. */
  readonly after: readonly Block[];
  readonly before: Block['kind'];
  readonly running: Running;
}

/**
 * Lays a report out in one reading of its findings. `begin` gives every page that no finding's own text stands on; then each
 * finding is added to all parts that list it; `end` gives what can be said only now. A part always begins on a page of its
 * own, so that pages leave as they fill; what page it is, is known when all are. Sections that no finding fills share a part
 * with their neighbours, and so their pages.
 */
export class ReportLayout {
  readonly geometry: Geometry;
  readonly outline: readonly OutlineEntry[];
  readonly pageNumber: PageNumber;
  /** Parts from 0, in the order of the report. */
  readonly parts: number;
  readonly #content: ReportContent;
  readonly #digest: FindingsDigest;
  readonly #sink: PageSink;
  readonly #frame: Frame;
  readonly #open: OpenPart[] = [];
  readonly #present: ReadonlySet<Anchor> | null;

  /** `present`: places that a preview holds, where it is one; its contents send readers to no others. */
  constructor(content: ReportContent, digest: FindingsDigest, sink: PageSink, present: ReadonlySet<Anchor> | null) {
    this.geometry = geometries[content.style.paper];
    this.#content = content;
    this.#digest = digest;
    this.#sink = sink;
    this.#present = present;
    this.#frame = this.#frameAt(content.style.font_size);
    this.pageNumber = (index, total) => pageNumberMarks(index, total, this.#frame, this.geometry);
    this.outline = bookmarks([...content.sections, content.integrity], digest);
    this.parts = 2 + content.sections.reduce((sum, { blocks }) => sum + runsOf(blocks).length, 0);
  }

  begin(): void {
    this.#layOutFront();
    let part = 1;
    let shared: BoundedPart | null = null;
    for (const section of this.#content.sections) {
      if (section.blocks.some(isStreamed)) {
        shared?.finish();
        shared = null;
        part = this.#beginSection(section, part);
        continue;
      }
      const follows = shared !== null;
      shared ??= this.#bounded(part);
      shared.pagination.add(
        drawSectionHead(section, this.#frame, runningOf(section), section.anchor, follows ? 'below' : 'on top'),
      );
      shared.pagination.add(drawBlocks(section.blocks, this.#frame));
      part++;
    }
    shared?.finish();
  }

  add(finding: FindingContent): void {
    for (const { flow, pagination } of this.#open) pagination.add(flow.add(finding));
  }

  /** `integrity`: what is said of the report as a whole, known last. */
  end(integrity: SectionContent): void {
    for (const { flow, pagination, after, before, running } of this.#open) {
      pagination.add(flow.end());
      const strips = drawBlocks(after, this.#frame, true);
      // What follows details belongs to no finding any more.
      pagination.add(before === 'finding_details' ? named(strips, running) : strips);
      pagination.finish();
    }
    const bounded = this.#bounded(this.parts - 1);
    bounded.pagination.add(drawSectionHead(integrity, this.#frame, runningOf(integrity), integrity.anchor));
    bounded.pagination.add(drawBlocks(integrity.blocks, this.#frame));
    bounded.finish();
  }

  #frameAt(fontSize: number): Frame {
    const { style } = this.#content;
    return {
      x: this.geometry.left,
      width: this.geometry.contentWidth,
      scale: typeScale(style.font, fontSize),
      pageHeight: this.geometry.contentBottom - this.geometry.contentTop,
    };
  }

  #layOutFront(): void {
    const content = this.#content;
    const overviewSize = Math.min(content.style.font_size, largestOverviewSize);
    const overview = this.#frameAt(overviewSize);
    const { pagination, finish } = this.#bounded(0);
    const head = (title: string, frame: Frame, anchor: Anchor): readonly Strip[] =>
      drawSectionHead({ number: '', title, lead: [] }, frame, { section: title }, anchor);
    pagination.add(drawCover(content, overview, this.geometry));
    const glanceHead = head(glanceTitle, overview, 'section-glance');
    const room = overview.pageHeight - heightOf(glanceHead);
    pagination.add(glanceHead);
    pagination.add(drawFittingGlance(content.glance, (size) => this.#frameAt(size), overviewSize, room));
    pagination.add(head(contentsTitle, this.#frame, 'section-contents'));
    const entries = contentsEntries([...content.sections, content.integrity], this.#digest);
    pagination.add(
      drawContents(
        entries.map((entry) =>
          this.#present?.has(entry.anchor) === false ? { ...entry, absent: 'not in the preview' } : entry,
        ),
        this.#frame,
      ),
    );
    finish();
  }

  /** Each block that findings fill ends a part; returns the number of the next one. */
  #beginSection(section: SectionContent, from: number): number {
    const frame = this.#frame;
    const running = {
      ...runningOf(section),
      ...(section.blocks.some(({ kind }) => kind === 'findings_table') ? { rankTotal: this.#listed() } : {}),
    };
    const runs = runsOf(section.blocks);
    for (const [index, { blocks, streamed, after }] of runs.entries()) {
      const part = from + index;
      const head = index === 0 ? drawSectionHead(section, frame, running, section.anchor) : [];
      if (streamed === null) {
        const bounded = this.#bounded(part);
        bounded.pagination.add(head);
        bounded.pagination.add(drawBlocks(blocks, frame));
        bounded.finish();
        continue;
      }
      const pagination = new Pagination(
        this.geometry,
        (page) => {
          this.#sink({ part, page: this.#laidOut(page, true) });
        },
        running,
      );
      const flow = findingsFlow(streamed, frame, running, this.#digest.count);
      pagination.add(head);
      pagination.add(drawBlocks(blocks, frame));
      pagination.add(flow.begin());
      this.#open.push({ flow, pagination, after, before: streamed.kind, running });
    }
    return from + runs.length;
  }

  /** Of a preview the header names all findings there are. */
  #listed(): number {
    return this.#content.pages === null ? this.#digest.count : this.#content.findingCount;
  }

  /** Pages that are handed on when all of the part are there: whether a section is long shows at its end. */
  #bounded(part: number): BoundedPart {
    const pages: Page[] = [];
    const pagination = new Pagination(this.geometry, (page) => pages.push(page));
    return {
      pagination,
      finish: () => {
        pagination.finish();
        const counts = new Map<string | undefined, number>();
        for (const { running } of pages) counts.set(running?.section, (counts.get(running?.section) ?? 0) + 1);
        pages.forEach((page, index) => {
          const ofLongSection = (counts.get(page.running?.section) ?? 0) > boundedPages;
          this.#sink({ part, page: this.#laidOut(page, ofLongSection, part === 0 && index === 0) });
        });
      },
    };
  }

  #laidOut(page: Page, ofLongSection: boolean, cover = false): LaidOutPage {
    const marks = runningMarks(page, cover, this.#content, this.#frame, this.geometry);
    return { placed: [...page.placed, { y: 0, marks }], ofLongSection };
  }
}

const runningOf = ({ number, title }: SectionContent): Running => ({ section: `${number} ${title}` });

interface BlockRun {
  readonly blocks: readonly Block[];
  readonly streamed: Extract<Block, { kind: 'findings_table' | 'finding_details' }> | null;
  readonly after: readonly Block[];
}

/** A section's blocks, cut behind each one that findings fill; what follows the last of them stays with it. */
function runsOf(blocks: readonly Block[]): readonly BlockRun[] {
  const runs: { blocks: Block[]; streamed: BlockRun['streamed']; after: Block[] }[] = [];
  let pending: Block[] = [];
  for (const block of blocks) {
    if (!isStreamed(block)) {
      pending.push(block);
      continue;
    }
    runs.push({ blocks: pending, streamed: block, after: [] });
    pending = [];
  }
  const last = runs.at(-1);
  if (last) last.after = pending;
  else runs.push({ blocks: pending, streamed: null, after: [] });
  return runs;
}
