import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Transactional outbox: what must happen after a commit, at least once. */
export class Events1764000000004 implements MigrationInterface {
  readonly name = 'Events1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema events;
      grant usage on schema events to airt_app, airt_relay;

      create table events.outbox (
        id uuid primary key,
        organization_id uuid not null,
        -- Wire name, such as report.completed.v1, and the build it is about: one event of a type per attempt of a build.
        type text not null,
        aggregate_id uuid not null,
        discriminator text not null default '',
        payload jsonb not null,
        created_at timestamptz not null default now(),
        next_attempt_at timestamptz not null default now(),
        attempts integer not null default 0,
        sent_at timestamptz,
        unique (aggregate_id, type, discriminator)
      );
      -- Not by a serial: a later id may commit first, and a cursor over ids would miss rows.
      create index outbox_unsent on events.outbox (next_attempt_at) where sent_at is null;

      alter table events.outbox enable row level security;
      create policy tenant on events.outbox to airt_app using (organization_id = projects.current_organization());
      grant select, insert on events.outbox to airt_app;
      create policy relay on events.outbox to airt_relay using (true);
      grant select, insert, update, delete on events.outbox to airt_relay;

      create schema storage;
      grant usage on schema storage to airt_app, airt_relay;
      -- Written before the bytes: whatever the store holds beyond these rows is an orphan.
      create table storage.artifact (
        object_key text primary key,
        organization_id uuid not null,
        build_id uuid not null,
        attempt integer not null,
        created_at timestamptz not null default now(),
        stored_at timestamptz,
        size_bytes bigint,
        sha256 text
      );
      create index artifact_by_build on storage.artifact (build_id);
      alter table storage.artifact enable row level security;
      create policy tenant on storage.artifact to airt_app using (organization_id = projects.current_organization());
      create policy work on storage.artifact to airt_relay using (true);
      grant select, insert, update, delete on storage.artifact to airt_app, airt_relay;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema events cascade; drop schema storage cascade');
  }
}
