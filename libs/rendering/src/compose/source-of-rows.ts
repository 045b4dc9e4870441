import type { FindingRow, ReportFacts } from '#domain';
import { digestFinding } from './compose-finding.ts';
import { FindingsComposer } from './findings-composer.ts';
import { FindingsDigest } from '../model/findings-digest.ts';
import type { FindingsPart, ReportSource } from './report-source.ts';

/** Batches of rows, read anew at each call; `heads` may come without the texts of trials. */
export type ReadRows = (part: FindingsPart) => AsyncIterable<readonly FindingRow[]>;

/** Composes the rows of each reading, as far as the report wants them. */
export const sourceOfRows = (facts: ReportFacts, readRows: ReadRows): Omit<ReportSource, 'onStage'> => ({
  facts,
  digest: async (part) => {
    const digest = new FindingsDigest();
    for await (const rows of readRows(part))
      for (const row of rows) digest.add(digestFinding(row, digest.count + 1, facts.evidence));
    return digest;
  },
  read: async function* (part) {
    const composer = new FindingsComposer(facts, part);
    for await (const rows of readRows(part)) {
      yield composer.compose(rows);
      if (composer.full) return;
    }
  },
});
