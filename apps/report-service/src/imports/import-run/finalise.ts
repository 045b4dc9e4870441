import type { PoolClient } from 'pg';
import type { ImportCounts } from '#contracts';
import { partialFrom } from '#domain';
import { InvalidImport } from '../formats/invalid-import.ts';
import { countFolded, keepTrials, pickWinners, sumUpTrials } from './choose-rows.ts';
import { noteJudges } from './note-judges.ts';
import { restoreSources } from './restore-sources.ts';
import { type AssessmentTarget, saveAssessments, single } from './save-assessments.ts';
import type { ReadFacts } from './read-in-thread.ts';
import {
  addAttackFacts,
  carryOverTriage,
  insertRuns,
  insertTrials,
  supersedeOlder,
  supersedeSameFile,
} from './write-rows.ts';

interface FinaliseTarget extends AssessmentTarget {
  readonly importId: string;
  /** False for garak reports: a later version of a run replaces its trials. */
  readonly accumulates: boolean;
}

/**
 * Makes staged rows whole, in the transaction that staged them: which version of a run wins, which trials count, what
 * the run's outcome, best trial, finding type and severity are, and what an earlier import already had.
 */
export async function finalise(client: PoolClient, facts: ReadFacts, target: FinaliseTarget): Promise<ImportCounts> {
  const { organizationId, projectId, importId } = target;
  await restoreSources(client, facts.sources, target);
  await saveAssessments(client, facts, target);
  await client.query(
    `set local work_mem = '64MB'; analyze staged_run (assessment, run, row); analyze staged_trial (assessment, run, trial)`,
  );
  await refuseStrayTrials(client);

  const { doubled } = await single<{ doubled: boolean }>(
    client,
    `select exists (select from staged_run group by assessment, run having count(*) > 1)
         or exists (select from staged_trial group by assessment, run, trial having count(*) > 1) as doubled`,
  );
  await client.query(pickWinners(doubled, target.accumulates));
  await client.query(keepTrials(doubled, target.accumulates));
  await client.query('analyze winner (assessment, run, run_id); analyze kept_trial (run_id)');
  await client.query(sumUpTrials);
  const { folded } = await single<{ folded: number }>(client, countFolded(doubled));

  await client.query(supersedeOlder, [projectId]);
  if (facts.sources === null) await client.query(supersedeSameFile, [importId]);
  const runs = await client.query<ImportCounts>(insertRuns, [organizationId, projectId, partialFrom]);
  await client.query(carryOverTriage);
  const trials = await client.query(insertTrials, [organizationId]);
  if (facts.attackFacts.size > 0) await addAttackFacts(client, facts, importId);
  if (facts.sources === null) await noteJudges(client, importId);
  const counts = runs.rows[0];
  if (!counts) throw new Error('The import gave no counts.');
  return {
    ...counts,
    assessments: facts.assessments.size,
    trials: trials.rowCount ?? 0,
    folded,
  };
}

/** Trials that name a run the file does not have. Dropping them would change the numbers without a word. */
async function refuseStrayTrials(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ row: number; run: string }>(
    `select row, left(run, 100) as run from staged_trial t
     where not exists (select from staged_run r where r.assessment = t.assessment and r.run = t.run) order by row limit 50`,
  );
  if (rows.length === 0) return;
  throw new InvalidImport(
    rows.map(({ row, run }) => ({
      loc: ['line', row, 'attack_run'],
      msg: `names no attack run of this file: ${run}`,
      type: 'unknown_reference',
    })),
  );
}
