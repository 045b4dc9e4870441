import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tenancy: organization → workspace → project, API keys, and the two roles that serve requests and background work. */
export class Projects1764000000001 implements MigrationInterface {
  readonly name = 'Projects1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Made here when nobody made them as logins: then the one login that there is may play both.
      do $$ declare role text; begin
        foreach role in array array['airt_app', 'airt_relay'] loop
          if not exists (select from pg_roles where rolname = role) then
            execute format('create role %I nologin', role);
            execute format('grant %I to current_user', role);
          end if;
        end loop;
      end $$;

      create schema projects;
      grant usage on schema projects to airt_app, airt_relay;

      -- The organization of the request, set per transaction; without it no tenant row is visible to airt_app.
      create function projects.current_organization() returns uuid language sql stable
        return nullif(current_setting('app.organization_id', true), '')::uuid;

      create table projects.organization (
        id uuid primary key,
        slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
        name text not null,
        created_at timestamptz not null default now()
      );

      create table projects.workspace (
        id uuid primary key,
        organization_id uuid not null references projects.organization on delete cascade,
        slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
        name text not null,
        created_at timestamptz not null default now(),
        unique (organization_id, slug)
      );

      create table projects.project (
        id uuid primary key,
        organization_id uuid not null references projects.organization on delete cascade,
        workspace_id uuid not null references projects.workspace on delete cascade,
        slug text not null check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
        name text not null,
        description text,
        created_at timestamptz not null default now(),
        unique (workspace_id, slug)
      );

      create table projects.api_key (
        id uuid primary key,
        organization_id uuid not null references projects.organization on delete cascade,
        name text not null,
        prefix text not null,
        hash bytea not null unique,
        scopes text[] not null check (scopes <@ array['read', 'write', 'build', 'admin']),
        expires_at timestamptz,
        revoked_at timestamptz,
        created_at timestamptz not null default now()
      );

      alter table projects.organization enable row level security;
      alter table projects.workspace enable row level security;
      alter table projects.project enable row level security;
      alter table projects.api_key enable row level security;
      create policy tenant on projects.organization to airt_app using (id = projects.current_organization());
      create policy tenant on projects.workspace to airt_app using (organization_id = projects.current_organization());
      create policy tenant on projects.project to airt_app using (organization_id = projects.current_organization());
      create policy tenant on projects.api_key to airt_app using (organization_id = projects.current_organization());
      grant select on projects.organization, projects.workspace, projects.api_key to airt_app;
      grant select, insert, update, delete on projects.project to airt_app;

      -- Runs before the organization is known, hence as its owner: one row when the key exists, nulls where a part of
      -- the path is absent or belongs to another organization than the key.
      create function projects.resolve_access(key_hash bytea, org text, workspace text, project text)
      returns table (
        key_id uuid, expired boolean, revoked boolean, scopes text[],
        organization_id uuid, workspace_id uuid, project_id uuid, project_slug text, project_name text
      )
      language sql stable security definer set search_path = '' as $$
        select k.id, coalesce(k.expires_at <= now(), false), k.revoked_at is not null, k.scopes,
               o.id, w.id, p.id, p.slug, p.name
        from projects.api_key k
        left join projects.organization o on o.id = k.organization_id and o.slug = $2
        left join projects.workspace w on w.organization_id = o.id and w.slug = $3
        left join projects.project p on p.workspace_id = w.id and (p.slug = $4 or p.id::text = lower($4))
        where k.hash = $1
      $$;
      revoke execute on function projects.resolve_access from public;
      grant execute on function projects.resolve_access to airt_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema projects cascade');
  }
}
