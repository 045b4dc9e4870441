import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Members and their roles, keys of one workspace, operators' keys, and who a caller is in one query. */
export class Access1764000000005 implements MigrationInterface {
  readonly name = 'Access1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What refers to a workspace names its organization too, so that the two can never differ.
      alter table projects.workspace add unique (id, organization_id);

      alter table projects.api_key
        alter column organization_id drop not null,
        add column workspace_id uuid,
        add column operator boolean not null default false,
        add column created_by uuid,
        add foreign key (workspace_id, organization_id) references projects.workspace (id, organization_id) on delete cascade,
        -- An operator's key is no organization's: it makes organizations and sees into none.
        add check (operator = (organization_id is null)),
        add check (not operator or (workspace_id is null and scopes = array['admin']));
      create index api_key_by_organization on projects.api_key (organization_id, created_at desc, id desc);

      -- A person as the identity provider names them. The id is made of the subject and the same in every organization.
      create table projects.member (
        organization_id uuid not null references projects.organization on delete cascade,
        subject text not null check (length(subject) between 1 and 255),
        id uuid not null,
        role text not null check (role in ('owner', 'member')),
        name text,
        email text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (organization_id, subject)
      );
      create index member_by_id on projects.member (id);

      create table projects.workspace_member (
        workspace_id uuid not null,
        organization_id uuid not null,
        subject text not null,
        role text not null check (role in ('owner', 'editor', 'viewer')),
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        primary key (workspace_id, subject),
        foreign key (workspace_id, organization_id) references projects.workspace (id, organization_id) on delete cascade,
        foreign key (organization_id, subject) references projects.member on delete cascade
      );
      create index workspace_member_by_member on projects.workspace_member (organization_id, subject);

      alter table projects.member enable row level security;
      alter table projects.workspace_member enable row level security;
      create policy tenant on projects.member to airt_app using (organization_id = projects.current_organization());
      create policy tenant on projects.workspace_member to airt_app using (organization_id = projects.current_organization());
      grant select, insert, update, delete on projects.member, projects.workspace_member to airt_app;
      -- Slugs stand in paths and stay. A key changes in one way only: it is revoked.
      grant insert, update (name) on projects.organization, projects.workspace to airt_app;
      grant insert, update (revoked_at) on projects.api_key to airt_app;

      -- Both run before the organization is known, hence as their owner. Nulls where a part of the path is absent or not
      -- for the caller's eyes: another organization's, another workspace than the key's, a workspace without a role.
      create function projects.resolve_key(key_hash bytea, org text, workspace text, project text)
      returns table (
        caller_id uuid, caller_name text, expired boolean, revoked boolean, scopes text[], bound_to uuid, operator boolean,
        organization_id uuid, workspace_id uuid, project_id uuid, project_slug text, project_name text
      )
      language sql stable security definer set search_path = '' as $$
        select k.id, k.name, coalesce(k.expires_at <= now(), false), k.revoked_at is not null, k.scopes, k.workspace_id,
               k.operator, o.id, w.id, p.id, p.slug, p.name
        from projects.api_key k
        left join projects.organization o on o.id = k.organization_id and o.slug = $2
        left join projects.workspace w
          on w.organization_id = o.id and w.slug = $3 and (k.workspace_id is null or k.workspace_id = w.id)
        left join projects.project p on p.workspace_id = w.id and (p.slug = $4 or p.id::text = lower($4))
        where k.hash = $1
      $$;

      create function projects.resolve_user(subject text, org text, workspace text, project text)
      returns table (
        caller_name text, organization_role text, workspace_role text,
        organization_id uuid, workspace_id uuid, project_id uuid, project_slug text, project_name text
      )
      language sql stable security definer set search_path = '' as $$
        select coalesce(m.name, m.email, $1), m.role, r.role, o.id, w.id, p.id, p.slug, p.name
        from (select) as always
        left join (projects.organization o join projects.member m on m.organization_id = o.id and m.subject = $1)
          on o.slug = $2
        left join (projects.workspace w
            left join projects.workspace_member r on r.workspace_id = w.id and r.subject = $1)
          on w.organization_id = o.id and w.slug = $3 and (m.role = 'owner' or r.role is not null)
        left join projects.project p on p.workspace_id = w.id and (p.slug = $4 or p.id::text = lower($4))
      $$;

      -- Where a person or a key belongs, over all organizations: asked by themselves alone.
      create function projects.places_of(caller uuid)
      returns table (id uuid, slug text, name text, role text, expires_at timestamptz, workspaces jsonb)
      language sql stable security definer set search_path = '' as $$
        select o.id, o.slug, o.name, m.role, null, coalesce((
          select jsonb_agg(jsonb_build_object('id', w.id, 'slug', w.slug, 'name', w.name, 'role', r.role) order by w.slug)
          from projects.workspace w
          left join projects.workspace_member r on r.workspace_id = w.id and r.subject = m.subject
          where w.organization_id = o.id and (m.role = 'owner' or r.role is not null)), '[]')
        from projects.member m
        join projects.organization o on o.id = m.organization_id
        where m.id = $1
        union all
        select o.id, o.slug, o.name, null, k.expires_at, coalesce((
          select jsonb_agg(jsonb_build_object('id', w.id, 'slug', w.slug, 'name', w.name, 'role', null) order by w.slug)
          from projects.workspace w
          where w.organization_id = o.id and (k.workspace_id is null or k.workspace_id = w.id)), '[]')
        from projects.api_key k
        join projects.organization o on o.id = k.organization_id
        where k.id = $1
        order by 2
      $$;

      drop function projects.resolve_access;
      revoke execute on function projects.resolve_key, projects.resolve_user, projects.places_of from public;
      grant execute on function projects.resolve_key, projects.resolve_user, projects.places_of to airt_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function projects.resolve_key, projects.resolve_user, projects.places_of;
      drop table projects.workspace_member, projects.member;
      delete from projects.api_key where operator or workspace_id is not null;
      alter table projects.api_key drop column operator, drop column workspace_id, drop column created_by,
        alter column organization_id set not null;
    `);
  }
}
