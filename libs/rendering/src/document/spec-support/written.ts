import type { FindingRow, ReportFacts, ReportFormat } from '#domain';
import type { FindingContent } from '../../content/report-content.ts';
import { FindingsComposer } from '../../content/findings-composer.ts';
import { reportWriters } from '../report-writers.ts';

type TextFormat = Exclude<ReportFormat, 'pdf'>;

interface Report {
  readonly facts: ReportFacts;
  readonly findings: readonly FindingRow[];
}

/** A report as its writer gives it, its findings handed over in batches. */
export async function written(format: TextFormat, { facts, findings }: Report, batch = 10): Promise<string> {
  const composer = new FindingsComposer(facts);
  async function* batches(): AsyncGenerator<readonly FindingContent[]> {
    for (let from = 0; from < findings.length; from += batch) {
      await Promise.resolve();
      yield composer.compose(findings.slice(from, from + batch));
    }
  }
  const pieces: (string | Uint8Array)[] = [];
  for await (const piece of reportWriters[format].write({ facts, findings: batches() })) pieces.push(piece);
  return pieces.map((piece) => (typeof piece === 'string' ? piece : Buffer.from(piece).toString())).join('');
}

/** Controls, formats, lone surrogates: a text file that shows all it holds has none but line ends and its first mark. */
export const unseen = (text: string): readonly string[] =>
  text.replace(/^\uFEFF|[\r\n]/g, '').match(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu) ?? [];
