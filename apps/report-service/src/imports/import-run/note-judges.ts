import type { PoolClient } from 'pg';
import type { PrimaryRule } from '#domain';
import { listNames } from '../formats/reading/list-names.ts';

/**
 * Names the judges whose verdicts count, of an assessment whose reader did not, and says why it is they: the first of
 * several that judged an exchange, or the only one that did.
 */
export async function noteJudges(client: PoolClient, importId: string): Promise<void> {
  const { rows } = await client.query<{ id: string; detectors: readonly string[]; rule: PrimaryRule }>(
    `select a.id, array_agg(j.detector order by j.first_row, j.detector) as detectors,
       case when bool_or(j.judged_again) then 'first_in_file' else 'only_judge' end as rule
     from (
       select assessment, detector, min(row) as first_row,
         bool_or(judged_again or coalesce(other_verdicts, '{}') <> '{}') as judged_again
       from kept_trial where detector is not null group by assessment, detector
     ) j join staged_assessment a on a.key = j.assessment
     group by a.id`,
  );
  for (const { id, detectors, rule } of rows) {
    await client.query(
      `update findings.assessment_import set detector = coalesce(detector, $3), primary_rule = coalesce(primary_rule, $4)
       where assessment_id = $1 and import_id = $2`,
      [id, importId, listNames(detectors), rule],
    );
  }
}
