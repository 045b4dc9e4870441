import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Build jobs: the row is the job. The queue only wakes somebody up to look at it. */
export class Builds1764000000003 implements MigrationInterface {
  readonly name = 'Builds1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema builds;
      grant usage on schema builds to airt_app, airt_relay;

      create table builds.report_build (
        id uuid primary key,
        organization_id uuid not null,
        workspace_id uuid not null,
        project_id uuid not null references projects.project on delete cascade,
        status text not null check (status in ('queued', 'in_progress', 'completed', 'failed', 'cancelled', 'expired')),
        plan jsonb not null,
        -- Imports committed when the build was accepted; later ones stay out of it.
        watermark uuid[] not null,
        template_id uuid,
        format text not null,
        retry_of uuid,
        created_by uuid,
        created_at timestamptz not null,
        started_at timestamptz,
        completed_at timestamptz,
        deadline_at timestamptz not null,
        next_attempt_at timestamptz not null,
        attempt integer not null default 0,
        lease_token uuid,
        lease_until timestamptz,
        progress_stage text,
        progress_percent smallint not null default 0,
        object_key text,
        file_size_bytes bigint not null default 0,
        sha256 text,
        error_code text,
        error_message text,
        check ((status = 'in_progress') = (lease_token is not null)),
        check (status <> 'completed' or (object_key is not null and sha256 is not null and file_size_bytes > 0)),
        check (status <> 'failed' or error_code is not null)
      );
      create index report_build_by_project on builds.report_build (project_id, created_at desc);
      create index report_build_unfinished on builds.report_build (next_attempt_at) where status in ('queued', 'in_progress');
      create index report_build_completed on builds.report_build (completed_at) where status = 'completed';

      -- Last wall behind report-build.ts: an edge that the state machine does not have is refused by the database too.
      create function builds.refuse_illegal_transition() returns trigger language plpgsql as $$
      begin
        if old.status <> new.status and not (old.status || '>' || new.status = any (array[
          'queued>in_progress', 'in_progress>queued', 'in_progress>completed', 'in_progress>failed', 'queued>failed',
          'queued>cancelled', 'in_progress>cancelled', 'completed>expired'
        ])) then
          raise exception 'report_build %: no transition from % to %', old.id, old.status, new.status;
        end if;
        return new;
      end $$;
      create trigger refuse_illegal_transition before update of status on builds.report_build
        for each row execute function builds.refuse_illegal_transition();

      create table builds.idempotency_key (
        organization_id uuid not null,
        project_id uuid not null references projects.project on delete cascade,
        key text not null,
        request_hash text not null,
        build_id uuid not null references builds.report_build on delete cascade,
        created_at timestamptz not null default now(),
        primary key (project_id, key)
      );

      alter table builds.report_build enable row level security;
      alter table builds.idempotency_key enable row level security;
      create policy tenant on builds.report_build to airt_app using (organization_id = projects.current_organization());
      create policy tenant on builds.idempotency_key to airt_app using (organization_id = projects.current_organization());
      grant select, insert, update, delete on builds.report_build, builds.idempotency_key to airt_app;
      -- Claiming, finishing and sweeping cross tenants; no finding is readable with this role.
      create policy work on builds.report_build to airt_relay using (true);
      create policy sweep on builds.idempotency_key to airt_relay using (true);
      grant select, update on builds.report_build to airt_relay;
      grant select, delete on builds.idempotency_key to airt_relay;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema builds cascade');
  }
}
