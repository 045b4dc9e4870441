import type { FindingRow, ReportFacts } from '#domain';
import { FindingsComposer } from '../content/findings-composer.ts';
import type { FindingsPart, ReportSource } from './report-source.ts';

/** Batches of rows, read anew at each call; `heads` may come without the texts of trials. */
export type ReadRows = (part: FindingsPart) => AsyncIterable<readonly FindingRow[]>;

/** Composes the rows of each reading, as far as the report wants them. */
export const sourceOfRows = (facts: ReportFacts, readRows: ReadRows): Pick<ReportSource, 'facts' | 'read'> => ({
  facts,
  read: async function* (part) {
    const composer = new FindingsComposer(facts, part);
    for await (const rows of readRows(part)) {
      yield composer.compose(rows);
      if (composer.full) return;
    }
  },
});
