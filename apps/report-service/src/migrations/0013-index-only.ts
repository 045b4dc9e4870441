import type { MigrationInterface, QueryRunner } from 'typeorm';

const current = 'where superseded_by is null';

/**
 * Pages and counts of large projects without a look at the rows (ADR 0021). Row-level security asks every row for its
 * organization, so an index without it can find rows but not answer.
 */
export class IndexOnly1764000000013 implements MigrationInterface {
  readonly name = 'IndexOnly1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index findings.attack_run_by_severity, findings.attack_run_by_score, findings.attack_run_by_creation,
        findings.attack_run_by_change, findings.attack_run_by_attack, findings.attack_run_by_category,
        findings.attack_run_by_goal_category, findings.attack_run_by_type, findings.attack_run_by_status;
      -- Equal keys are stored once: a hundredth of the others, and all that a count of everything reads.
      create index attack_run_of_project on findings.attack_run (project_id, organization_id) ${current};
      -- The usual order, with what the usual filters ask.
      create index attack_run_by_score on findings.attack_run (project_id, organization_id, score_rank, id)
        include (finding_type, finding_status, severity_rank, attack_domain) ${current};
      create index attack_run_by_severity on findings.attack_run (project_id, organization_id, severity_rank, score_rank, ordinal, id) ${current};
      create index attack_run_by_creation on findings.attack_run (project_id, organization_id, created_at, id) ${current};
      create index attack_run_by_change on findings.attack_run (project_id, organization_id, updated_at, id) ${current};
      create index attack_run_by_attack on findings.attack_run (project_id, organization_id, attack_key, id) ${current};
      create index attack_run_by_category on findings.attack_run (project_id, organization_id, category_key, id) ${current};
      create index attack_run_by_goal_category on findings.attack_run (project_id, organization_id, goal_category_key) ${current};
      -- Rare types and statuses often stand together at one end of the scores: an error has none.
      create index attack_run_by_type on findings.attack_run (project_id, organization_id, finding_type, score_rank, id) ${current};
      create index attack_run_by_status on findings.attack_run (project_id, organization_id, finding_status, score_rank, id) ${current};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index findings.attack_run_of_project, findings.attack_run_by_severity, findings.attack_run_by_score,
        findings.attack_run_by_creation, findings.attack_run_by_change, findings.attack_run_by_attack,
        findings.attack_run_by_category, findings.attack_run_by_goal_category, findings.attack_run_by_type,
        findings.attack_run_by_status;
      create index attack_run_by_severity on findings.attack_run (project_id, severity_rank, score_rank, ordinal, id) ${current};
      create index attack_run_by_score on findings.attack_run (project_id, score_rank, id) ${current};
      create index attack_run_by_creation on findings.attack_run (project_id, created_at, id) ${current};
      create index attack_run_by_change on findings.attack_run (project_id, updated_at, id) ${current};
      create index attack_run_by_attack on findings.attack_run (project_id, attack_key, id) ${current};
      create index attack_run_by_category on findings.attack_run (project_id, category_key, id) ${current};
      create index attack_run_by_goal_category on findings.attack_run (project_id, goal_category_key) ${current};
      create index attack_run_by_type on findings.attack_run (project_id, finding_type) ${current};
      create index attack_run_by_status on findings.attack_run (project_id, finding_status) ${current};
    `);
  }
}
