import type { Readable } from 'node:stream';
import type { FindingContent, ReportContent } from '../content/report-content.ts';
import { layOutReport } from '../layout/lay-out-report.ts';
import { writePdf } from './write-pdf.ts';

/** Lays out and writes a composed report; the same content gives the same bytes. */
export function renderReport(content: ReportContent, findings: readonly FindingContent[]): Promise<Readable> {
  return writePdf(layOutReport(content, findings), {
    title: content.title,
    author: content.author,
    date: content.dataAsOf,
  });
}
