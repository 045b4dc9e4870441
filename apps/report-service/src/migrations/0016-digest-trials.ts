import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The id of a report covers every text of every trial. Reading them all for each build would take seconds, so each row keeps
 * a digest of itself. Of values and not of ids: the same data have the same digests elsewhere.
 */
export class DigestTrials1764000000016 implements MigrationInterface {
  readonly name = 'DigestTrials1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table findings.trial add column digest bigint generated always as (hash_record_extended(row(
        ordinal, trial_key, outcome, not_assessed_reason, suspected_target_error, score, detector, secondary_scores,
        original_prompt, prompt, response, reasoning, triggers, turns, execution_time_ms, source_ref, secondary_verdicts,
        source_score, score_scale, blocked_by_filter), 0)) stored;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table findings.trial drop column digest');
  }
}
