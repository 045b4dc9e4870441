import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs that can be listed, cancelled, deleted and retried; work orders for what the object store must let go of. */
export class BuildJobs1764000000009 implements MigrationInterface {
  readonly name = 'BuildJobs1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The first answer is replayed as it was, even when its build is gone meanwhile; another route is another key.
      delete from builds.idempotency_key;
      alter table builds.idempotency_key
        drop constraint idempotency_key_build_id_fkey,
        drop constraint idempotency_key_pkey,
        add column route text not null,
        add column answer jsonb not null,
        add primary key (project_id, route, key);

      -- What a finished build teaches about the next one's time.
      alter table builds.report_build
        add column finding_count integer,
        add column build_ms integer;
      grant delete on builds.report_build to airt_relay;

      drop index builds.report_build_by_project;
      create index report_build_by_project on builds.report_build (project_id, created_at desc, id desc);
      create index report_build_queue on builds.report_build (next_attempt_at, id) where status = 'queued';
      create index report_build_measured on builds.report_build (organization_id, completed_at desc)
        where build_ms is not null;

      -- Places in the queue, of one's own builds only: it counts over all tenants, and tells nothing else of them.
      create function builds.queue_places(build_ids uuid[]) returns table (id uuid, place integer)
        language sql stable security definer set search_path = '' as $$
          select mine.id, mine.place::integer from (
            select first.id, first.organization_id, row_number() over (order by first.next_attempt_at, first.id) as place
            from (
              select b.id, b.organization_id, b.next_attempt_at from builds.report_build b
              where b.status = 'queued' order by b.next_attempt_at, b.id limit 1000
            ) first
          ) mine
          where mine.id = any($1) and mine.organization_id = projects.current_organization()
        $$;
      revoke all on function builds.queue_places(uuid[]) from public;
      grant execute on function builds.queue_places(uuid[]) to airt_app;

      -- A work order: of this build nothing is wanted any more but the object to keep. Lives a day longer than the work,
      -- so that a worker which wakes up late is refused.
      create table storage.discard (
        build_id uuid primary key,
        organization_id uuid not null,
        keep text,
        ordered_at timestamptz not null default now(),
        next_attempt_at timestamptz not null default now(),
        failures integer not null default 0
      );
      create index discard_due on storage.discard (next_attempt_at);
      alter table storage.discard enable row level security;
      create policy tenant on storage.discard to airt_app using (organization_id = projects.current_organization());
      create policy work on storage.discard to airt_relay using (true);
      grant select on storage.discard to airt_app;
      grant select, insert, update, delete on storage.discard to airt_relay;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table storage.discard;
      drop function builds.queue_places(uuid[]);
      drop index builds.report_build_measured, builds.report_build_queue;
      alter table builds.report_build drop column finding_count, drop column build_ms;
      revoke delete on builds.report_build from airt_relay;
      delete from builds.idempotency_key;
      alter table builds.idempotency_key
        drop constraint idempotency_key_pkey,
        drop column route,
        drop column answer,
        add primary key (project_id, key),
        add foreign key (build_id) references builds.report_build on delete cascade;
    `);
  }
}
