import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log. No foreign keys: it outlives what it speaks of, and holds ids only. */
export class Audit1764000000010 implements MigrationInterface {
  readonly name = 'Audit1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema audit;
      grant usage on schema audit to airt_app, airt_relay;

      create table audit.entry (
        id uuid primary key,
        organization_id uuid not null,
        workspace_id uuid,
        project_id uuid,
        at timestamptz not null default clock_timestamp(),
        action text not null,
        resource_type text not null,
        resource_id text check (length(resource_id) <= 100),
        actor_kind text not null,
        actor_id text,
        actor_name text,
        request_id text,
        address inet,
        details jsonb not null default '{}' check (pg_column_size(details) < 2000)
      );
      create index entry_newest_first on audit.entry (organization_id, at desc, id desc);
      create index entry_by_resource on audit.entry (organization_id, resource_id, at desc, id desc);
      create index entry_by_age on audit.entry (at);

      alter table audit.entry enable row level security;
      create policy tenant on audit.entry to airt_app using (organization_id = projects.current_organization());
      -- Append only: whoever serves requests can neither change nor remove what was written.
      grant select, insert on audit.entry to airt_app;
      -- The relay removes what is past its retention, and by the trigger below nothing younger than 30 days.
      create policy retention on audit.entry to airt_relay using (true);
      grant select, delete on audit.entry to airt_relay;

      create function audit.refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'audit.entry is append only' using errcode = 'insufficient_privilege';
      end $$;
      create trigger refuse_update before update on audit.entry execute function audit.refuse_change();
      create trigger refuse_early_delete before delete on audit.entry for each row
        when (old.at > now() - interval '30 days') execute function audit.refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema audit cascade');
  }
}
