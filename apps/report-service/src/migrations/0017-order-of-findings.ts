import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Findings have one order, in lists as in reports: severity, then what succeeded, then what is open, then score. */
export class OrderOfFindings1764000000017 implements MigrationInterface {
  readonly name = 'OrderOfFindings1764000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table findings.attack_run add column standing smallint generated always as (
        (case outcome when 'succeeded' then 0 else 2 end) + (case finding_status when 'open' then 0 else 1 end)) stored;
      drop index findings.attack_run_by_severity;
      create index attack_run_by_severity on findings.attack_run
        (project_id, organization_id, severity_rank, standing, score_rank, ordinal, id) where superseded_by is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index findings.attack_run_by_severity;
      create index attack_run_by_severity on findings.attack_run
        (project_id, organization_id, severity_rank, score_rank, ordinal, id) where superseded_by is null;
      alter table findings.attack_run drop column standing;
    `);
  }
}
