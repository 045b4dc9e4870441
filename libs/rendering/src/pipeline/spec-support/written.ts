import { setImmediate } from 'node:timers/promises';
import type { FindingRow, ReportFacts, ReportFormat } from '#domain';
import { reportWriters, sourceOfRows } from '../report-writers.ts';

type TextFormat = Exclude<ReportFormat, 'pdf'>;

interface Report {
  readonly facts: ReportFacts;
  readonly findings: readonly FindingRow[];
}

/** A report as its writer gives it, its findings handed over in batches. */
export async function bytesOf(format: ReportFormat, { facts, findings }: Report, batch = 10): Promise<Buffer> {
  async function* batches(): AsyncGenerator<readonly FindingRow[]> {
    for (let from = 0; from < findings.length; from += batch) {
      await setImmediate();
      yield findings.slice(from, from + batch);
    }
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of reportWriters[format].write(sourceOfRows(facts, batches)))
    pieces.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
  return Buffer.concat(pieces);
}

export const written = async (format: TextFormat, report: Report, batch = 10): Promise<string> =>
  (await bytesOf(format, report, batch)).toString();

/** Controls, formats, lone surrogates: a text file that shows all it holds has none but line ends and its first mark. */
export const unseen = (text: string): readonly string[] =>
  text.replace(/^\uFEFF|[\r\n]/g, '').match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];
