import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What deletes and exports need to know: who said what of an assessment, which imports an export brought back. */
export class Lifecycle1764000000008 implements MigrationInterface {
  readonly name = 'Lifecycle1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What this import said of the assessment: when it is deleted, the word of the others is left. Null: not known.
      alter table findings.assessment_import add column facts jsonb;

      alter table findings.import_run
        -- The file is an export. It feeds nothing itself: the imports that it brings back do.
        add column restores boolean not null default false,
        -- The import of an export that brought this one back.
        add column restored_by uuid references findings.import_run on delete cascade,
        -- Hashes of what was deleted of it since: it is no longer the file it was read from.
        add column lacks text[] not null default '{}';
      create index import_run_restored_by on findings.import_run (restored_by) where restored_by is not null;

      drop index findings.import_run_once;
      create unique index import_run_once on findings.import_run (project_id, sha256, options_hash)
        where status = 'completed' and restored_by is null and cardinality(lacks) = 0;

      -- Deleting an import looks for the runs that it superseded.
      create index attack_run_by_superseder on findings.attack_run (superseded_by) where superseded_by is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index findings.attack_run_by_superseder, findings.import_run_once;
      alter table findings.import_run drop column restores, drop column restored_by, drop column lacks;
      create unique index import_run_once on findings.import_run (project_id, sha256, options_hash) where status = 'completed';
      alter table findings.assessment_import drop column facts;
    `);
  }
}
