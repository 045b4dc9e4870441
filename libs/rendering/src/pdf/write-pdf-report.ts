import { composeReport } from '../content/compose-report.ts';
import type { ReportSource } from '../document/report-source.ts';
import { allFindings } from '../document/report-source.ts';
import { renderReport } from './render-report.ts';

/** Pages are numbered in sum and contents: nothing can leave before all is laid out. */
export async function* writePdfReport(source: ReportSource): AsyncGenerator<Uint8Array> {
  const findings = await allFindings(source);
  source.onStage?.('composing');
  const content = composeReport(source.facts, findings);
  source.onStage?.('laying_out');
  const document = await renderReport(content, findings);
  source.onStage?.('writing');
  for await (const chunk of document) yield chunk as Buffer;
}
