import type { ReportFormat } from '#domain';
import { writeCsv } from '../csv/write-csv.ts';
import { writeHtml } from '../html/write-html.ts';
import { writeJson } from '../json/write-json.ts';
import { writePdfReport } from '../pdf/write-pdf-report.ts';
import type { ReportWriter } from './report-source.ts';

/** Every format has its writer: a new one does not compile without. */
export const reportWriters: Readonly<Record<ReportFormat, ReportWriter>> = {
  pdf: { write: writePdfReport, streams: false },
  json: { write: writeJson, streams: true },
  csv: { write: writeCsv, streams: true },
  html: { write: writeHtml, streams: false },
};
