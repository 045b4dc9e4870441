import type { ReportFormat } from '#domain';
import { writeCsv } from './csv/write-csv.ts';
import { writeHtml } from './html/write-html.ts';
import { writeJson } from './json/write-json.ts';
import { writePdfReport } from './pdf/write-pdf-report.ts';
import type { ReportWriter } from '../compose/report-source.ts';

/** Every format has its writer: a new one does not compile without. */
export const reportWriters: Readonly<Record<ReportFormat, ReportWriter>> = {
  pdf: { write: writePdfReport, readings: 2 },
  json: { write: writeJson, readings: 1 },
  csv: { write: writeCsv, readings: 1 },
  html: { write: writeHtml, readings: 3 },
};
