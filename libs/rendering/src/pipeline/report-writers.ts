import type { EvidenceLevel, FindingRow, ReportFacts, ReportFormat } from '#domain';
import { composeIntegrity, composeReport } from '../compose/compose-report.ts';
import { digestFinding } from '../compose/compose-finding.ts';
import { FindingsComposer } from '../compose/findings-composer.ts';
import { type WithheldRow, withholdEvidence } from '../evidence/withhold-evidence.ts';
import { layOutReport } from '../layout/paging/lay-out-report.ts';
import type { PlacedPage } from '../layout/paging/laid-out-report.ts';
import { ReportLayout } from '../layout/paging/report-layout.ts';
import { digestOf, FindingsDigest } from '../model/findings-digest.ts';
import { contentsEntries } from '../model/list-sections.ts';
import type { FindingContent, FindingsPart, ReadFindings, ReportContent } from '../model/report-content.ts';
import { writeCsv } from '../writers/csv/write-csv.ts';
import { writeHtml } from '../writers/html/write-html.ts';
import { writeJson } from '../writers/json/write-json.ts';
import type { DocumentInfo } from '../writers/pdf/open-document.ts';
import { PdfFile } from '../writers/pdf/pdf-file.ts';

/*
 * The way of every report, step by step. Each step is a folder, and knows none that comes after it.
 *
 *   facts ─────────────────────► compose the report ──┐
 *   rows ─► withhold evidence ─► compose findings ────┴─► lay out (PDF alone) ─► write
 */

/** A report on its way: its facts, and its findings as they are composed. */
export interface ReportSource {
  readonly facts: ReportFacts;
  /** What all findings say together, by a reading of its own. */
  readonly digest: (part: FindingsPart) => Promise<FindingsDigest>;
  readonly read: ReadFindings;
  /** Called by a writer that reads more than once. */
  readonly onStage?: (stage: 'composing' | 'laying_out' | 'writing') => void;
}

/** Batches of rows, read anew at each call; `heads` may come without the texts of trials. */
export type ReadRows = (part: FindingsPart) => AsyncIterable<readonly FindingRow[]>;

/** Evidence, then findings: of each row only what the reader may see is composed, as far as the report wants rows. */
export const sourceOfRows = (facts: ReportFacts, readRows: ReadRows): ReportSource => ({
  facts,
  digest: async (part) => {
    const digest = new FindingsDigest();
    for await (const rows of readRows(part))
      for (const row of withheld(rows, facts.evidence)) digest.add(digestFinding(row, digest.count + 1));
    return digest;
  },
  read: async function* (part) {
    const composer = new FindingsComposer(facts, part);
    for await (const rows of readRows(part)) {
      yield composer.compose(withheld(rows, facts.evidence));
      if (composer.full) return;
    }
  },
});

/** One by one: a batch of long texts is not held twice. */
function* withheld(rows: readonly FindingRow[], level: EvidenceLevel): Generator<WithheldRow, undefined> {
  for (const row of rows) yield withholdEvidence(row, level);
}

/**
 * Findings are read twice: their heads, for the pages that speak of all of them, then the whole, page by page. However many
 * there are, one batch and the pages it fills are held.
 */
export async function* writePdfReport(source: ReportSource): AsyncGenerator<Uint8Array, undefined> {
  const { facts } = source;
  if (facts.preview !== null) {
    yield* writePdfPreview(source);
    return;
  }
  const digest = await source.digest('heads');
  source.onStage?.('composing');
  const content = composeReport(facts, digest);
  const full: PlacedPage[] = [];
  const layout = new ReportLayout(content, digest, (page) => full.push(page), null);
  layout.begin();
  source.onStage?.('laying_out');
  const file = await PdfFile.open(full.splice(0), infoOf(content), layout);
  try {
    digest.masked = 0;
    for await (const batch of source.read('whole')) {
      for (const finding of batch) {
        digest.masked += finding.masked;
        layout.add(finding);
        if (full.length > 0) await file.addAll(full.splice(0));
      }
      const bytes = file.read();
      if (bytes) yield bytes;
    }
    source.onStage?.('writing');
    layout.end(composeIntegrity(facts, digest));
    await file.addAll(full.splice(0));
    yield* file.finish(layout.outline);
  } finally {
    await file.close();
  }
}

/** A few findings on a few pages: laid out as a whole, for no page may lead to one that is cut off. */
async function* writePdfPreview({ facts, read, onStage }: ReportSource): AsyncGenerator<Uint8Array, undefined> {
  const findings: FindingContent[] = [];
  for await (const batch of read('whole')) findings.push(...batch);
  onStage?.('composing');
  const content = composeReport(facts, digestOf(findings));
  onStage?.('laying_out');
  const report = layOutReport(content, findings);
  onStage?.('writing');
  const pages = report.pages.map((page) => ({ part: 0, page }));
  const file = await PdfFile.open(pages, infoOf(content), report);
  yield* file.finish(report.outline);
}

const infoOf = (content: ReportContent): DocumentInfo => ({
  title: content.title,
  author: content.author,
  date: content.dataAsOf,
});

/** Its first page speaks of all findings, so they are read first. */
async function* writeHtmlReport(source: ReportSource): AsyncGenerator<string, undefined> {
  const digest = await source.digest('whole');
  source.onStage?.('composing');
  const content = composeReport(source.facts, digest);
  source.onStage?.('writing');
  yield* writeHtml(content, contentsEntries([...content.sections, content.integrity], digest), source.read);
}

/** What the facts alone say comes first; what is said of all findings follows them, so they are read once. */
const writeJsonReport = ({ facts, read }: ReportSource): AsyncIterable<string> =>
  writeJson(composeReport(facts), read, (digest) => composeReport(facts, digest));

const writeCsvReport = ({ read }: ReportSource): AsyncIterable<string> => writeCsv(read);

interface ReportWriter {
  /** Pieces of the document, in order; the same source gives the same bytes. */
  readonly write: (source: ReportSource) => AsyncIterable<string | Uint8Array>;
  /** How often findings are read: once, or first their heads, for pages that speak of all of them. */
  readonly readings: 1 | 2 | 3;
}

/** Every format has its writer: a new one does not compile without. */
export const reportWriters: Readonly<Record<ReportFormat, ReportWriter>> = {
  pdf: { write: writePdfReport, readings: 2 },
  json: { write: writeJsonReport, readings: 1 },
  csv: { write: writeCsvReport, readings: 1 },
  html: { write: writeHtmlReport, readings: 3 },
};
