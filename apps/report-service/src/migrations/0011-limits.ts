import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counters of requests, and the index that counts the builds of an organization that are under way. */
export class Limits1764000000011 implements MigrationInterface {
  readonly name = 'Limits1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema limits;
      grant usage on schema limits to airt_app;

      -- As rate-limiter-flexible reads and writes it. Unlogged: a crash forgets a minute of counting, and no write waits
      -- for the disk. No tenant's rows: keys are ids of callers, organizations and networks, gone an hour later.
      create unlogged table limits.rate (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      );
      grant select, insert, update, delete on limits.rate to airt_app;

      create index report_build_in_flight on builds.report_build (organization_id) where status in ('queued', 'in_progress');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index builds.report_build_in_flight; drop schema limits cascade');
  }
}
