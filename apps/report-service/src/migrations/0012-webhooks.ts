import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What other services hear: a feed of events by organization, webhooks, and one delivery row an event and webhook. */
export class Webhooks1764000000012 implements MigrationInterface {
  readonly name = 'Webhooks1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table events.outbox add column published_at timestamptz;

      -- One row an organization: whoever publishes holds it until its commit, so positions commit in their order.
      create table events.feed (organization_id uuid primary key references projects.organization on delete cascade, last bigint not null);

      create table events.published (
        organization_id uuid not null references projects.organization on delete cascade,
        position bigint not null,
        id uuid not null unique,
        type text not null,
        subject uuid not null,
        source text not null,
        data jsonb not null,
        time timestamptz not null,
        primary key (organization_id, position)
      );
      create index published_by_time on events.published (time);

      create table events.webhook (
        id uuid primary key,
        organization_id uuid not null references projects.organization on delete cascade,
        url text not null,
        description text,
        event_types text[] not null,
        enabled boolean not null,
        disabled_reason text,
        secret text not null,
        previous_secret text,
        previous_secret_until timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      );
      create index webhook_by_organization on events.webhook (organization_id, created_at);

      create table events.delivery (
        id uuid primary key default gen_random_uuid(),
        organization_id uuid not null,
        webhook_id uuid not null references events.webhook on delete cascade,
        event_id uuid not null references events.published (id) on delete cascade,
        attempts integer not null default 0,
        -- Null once it is over: delivered, or given up.
        next_attempt_at timestamptz default now(),
        delivered_at timestamptz,
        last_status integer,
        last_error text,
        created_at timestamptz not null default now(),
        unique (webhook_id, event_id)
      );
      create index delivery_due on events.delivery (next_attempt_at) where next_attempt_at is not null;
      create index delivery_by_event on events.delivery (event_id);

      do $$ declare name text; begin
        foreach name in array array['feed', 'published', 'webhook', 'delivery'] loop
          execute format('alter table events.%I enable row level security', name);
          execute format('create policy tenant on events.%I to airt_app using (organization_id = projects.current_organization())', name);
          execute format('create policy relay on events.%I to airt_relay using (true)', name);
        end loop;
      end $$;
      grant select on events.feed, events.published to airt_app;
      grant select, insert, update, delete on events.webhook to airt_app;
      grant select, update on events.delivery to airt_app;
      grant select, insert, update on events.feed to airt_relay;
      grant select, insert, delete on events.published to airt_relay;
      grant select, update on events.webhook to airt_relay;
      grant select, insert, update on events.delivery to airt_relay;

      -- An event names its project by a path; the relay may read what such a path is made of, and nothing else of it.
      create function events.source_of(organization uuid, project uuid) returns text
      language sql stable security definer set search_path = '' as $$
        select '/api/v1/org/' || o.slug || coalesce('/ws/' || w.slug || '/airt/projects/' || p.id, '')
        from projects.organization o
        left join projects.project p on p.id = project and p.organization_id = o.id
        left join projects.workspace w on w.id = p.workspace_id
        where o.id = organization
      $$;
      revoke execute on function events.source_of from public;
      grant execute on function events.source_of to airt_relay;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function events.source_of;
      drop table events.delivery, events.webhook, events.published, events.feed;
      alter table events.outbox drop column published_at;
    `);
  }
}
