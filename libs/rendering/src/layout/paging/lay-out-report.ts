import { digestOf } from '../../model/findings-digest.ts';
import type { Anchor, FindingContent, ReportContent } from '../../model/report-content.ts';
import type { LaidOutPage, LaidOutReport, PlacedPage } from './laid-out-report.ts';
import { ReportLayout } from './report-layout.ts';

/** A report as a whole, for one that is small by nature: a preview, or one that is only looked at. */
export function layOutReport(content: ReportContent, findings: readonly FindingContent[]): LaidOutReport {
  if (content.pages === null) return layOut(content, findings, null);
  // Which places a preview holds is known once it is laid out; neither its contents nor a link sends readers to others.
  const { anchors } = layOut(content, findings, null);
  const preview = layOut(content, findings, new Set(anchors.keys()));
  return { ...preview, pages: preview.pages.map((page) => withoutAbsent(page, preview.anchors)) };
}

const withoutAbsent = (page: LaidOutPage, present: ReadonlyMap<Anchor, unknown>): LaidOutPage => ({
  ...page,
  placed: page.placed.map(({ y, marks }) => ({
    y,
    marks: marks.filter((mark) => mark.kind !== 'link' || present.has(mark.target)),
  })),
});

function layOut(
  content: ReportContent,
  findings: readonly FindingContent[],
  present: ReadonlySet<Anchor> | null,
): LaidOutReport {
  const parts: LaidOutPage[][] = [];
  const keep = ({ part, page }: PlacedPage): void => {
    (parts[part] ??= []).push(page);
  };
  const layout = new ReportLayout(content, digestOf(findings), keep, present);
  layout.begin();
  for (const finding of findings) layout.add(finding);
  layout.end(content.integrity);
  const pages = parts.flat().slice(0, content.pages ?? Number.POSITIVE_INFINITY);
  const { geometry, outline, pageNumber } = layout;
  return { geometry, pages, anchors: anchorsOf(pages), outline, pageNumber };
}

function anchorsOf(pages: readonly LaidOutPage[]): Map<Anchor, { page: number; y: number }> {
  const anchors = new Map<Anchor, { page: number; y: number }>();
  pages.forEach((page, index) => {
    for (const { y, marks } of page.placed) {
      for (const mark of marks) if (mark.kind === 'anchor') anchors.set(mark.name, { page: index, y: y + mark.y });
    }
  });
  return anchors;
}
