import type { FindingResponse, Snapshot } from '#contracts';
import { findingColumns, findingJoins, textLimits, topTrials } from '../finding-columns.ts';
import type { Parameters } from './row-query.ts';

/** The worst findings among those of a condition: in the order of reports. */
export function worstFindings(
  snapshot: Snapshot,
  condition: string,
  parameters: Parameters,
  limit: number,
): Promise<FindingResponse[]> {
  const order = (prefix: string): string =>
    ['severity_rank', 'standing', 'score_rank', 'ordinal', 'id'].map((column) => `${prefix}${column}`).join(', ');
  return snapshot.query<FindingResponse>(
    `with worst as materialized (
       select id from findings.attack_run where ${condition} order by ${order('')} limit ${limit}
     )
     select ${findingColumns(textLimits.list)}
     from worst join findings.attack_run r on r.id = worst.id ${findingJoins(textLimits.list, topTrials.list)}
     order by ${order('r.')}`,
    parameters.values,
  );
}
