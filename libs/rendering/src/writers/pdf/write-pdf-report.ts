import { composeIntegrity, composeReport } from '../../compose/compose-report.ts';
import { digestOf } from '../../model/findings-digest.ts';
import type { FindingContent, ReportContent } from '../../model/report-content.ts';
import type { ReportSource } from '../../compose/report-source.ts';
import type { LaidOutPage } from '../../layout/paging/laid-out-report.ts';
import { layOutReport } from '../../layout/paging/lay-out-report.ts';
import { ReportLayout } from '../../layout/paging/report-layout.ts';
import type { DocumentInfo } from './open-document.ts';
import { PdfFile } from './pdf-file.ts';

interface PlacedPage {
  readonly part: number;
  readonly page: LaidOutPage;
}

/**
 * Findings are read twice: their heads, for the pages that speak of all of them, then the whole, page by page. However many
 * there are, one batch and the pages it fills are held.
 */
export async function* writePdfReport(source: ReportSource): AsyncGenerator<Uint8Array, undefined> {
  if (source.facts.preview !== null) {
    yield* writePreview(source);
    return;
  }
  const { facts } = source;
  const digest = await source.digest('heads');
  source.onStage?.('composing');
  const content = composeReport(facts, digest);
  const full: PlacedPage[] = [];
  const layout = new ReportLayout(content, digest, (part, page) => full.push({ part, page }), null);
  layout.begin();
  source.onStage?.('laying_out');
  const file = await PdfFile.open(full.splice(0), infoOf(content), layout);
  try {
    digest.masked = 0;
    for await (const batch of source.read('whole')) {
      for (const finding of batch) {
        digest.masked += finding.masked;
        layout.add(finding);
        if (full.length > 0) await addAll(file, full.splice(0));
      }
      const bytes = file.read();
      if (bytes) yield bytes;
    }
    source.onStage?.('writing');
    layout.end(composeIntegrity(facts, digest));
    await addAll(file, full.splice(0));
    yield* file.finish(layout.outline);
  } finally {
    await file.close();
  }
}

async function addAll(file: PdfFile, pages: readonly PlacedPage[]): Promise<void> {
  for (const { part, page } of pages) {
    file.add(part, page);
    if (file.behind) await file.settle();
  }
}

/** A few findings on a few pages: laid out as a whole, for no page may lead to one that is cut off. */
async function* writePreview({ facts, read, onStage }: ReportSource): AsyncGenerator<Uint8Array, undefined> {
  const findings: FindingContent[] = [];
  for await (const batch of read('whole')) findings.push(...batch);
  onStage?.('composing');
  const content = composeReport(facts, digestOf(findings));
  onStage?.('laying_out');
  const report = layOutReport(content, findings);
  onStage?.('writing');
  const pages = report.pages.map((page) => ({ part: 0, page: withoutAbsent(page, report.anchors) }));
  const file = await PdfFile.open(pages, infoOf(content), report);
  yield* file.finish(report.outline);
}

const withoutAbsent = (page: LaidOutPage, present: ReadonlyMap<string, unknown>): LaidOutPage => ({
  ...page,
  placed: page.placed.map(({ y, marks }) => ({
    y,
    marks: marks.filter((mark) => mark.kind !== 'link' || present.has(mark.target)),
  })),
});

const infoOf = (content: ReportContent): DocumentInfo => ({
  title: content.title,
  author: content.author,
  date: content.dataAsOf,
});
