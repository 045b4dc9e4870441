import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A workspace can be removed with all that hangs on it, as a project can (ADR 0023). Its slug stood in each event that was
 * sent of it: an event now finds its source when it is read, and names the organization alone once the project is gone.
 */
export class DeleteWorkspaces1764000000014 implements MigrationInterface {
  readonly name = 'DeleteWorkspaces1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant delete on projects.workspace to airt_app;
      alter table events.published drop column source;
      create or replace function events.source_of(organization uuid, project uuid) returns text
      language sql stable security definer set search_path = '' as $$
        select '/api/v1/org/' || o.slug || coalesce('/ws/' || w.slug || '/airt/projects/' || p.id, '')
        from projects.organization o
        left join projects.project p on p.id = project and p.organization_id = o.id
        left join projects.workspace w on w.id = p.workspace_id
        -- The relay speaks for all; whoever speaks for one organization hears of no other.
        where o.id = organization and o.id = coalesce(projects.current_organization(), o.id)
      $$;
      grant execute on function events.source_of to airt_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke delete on projects.workspace from airt_app;
      revoke execute on function events.source_of from airt_app;
      alter table events.published add column source text;
      update events.published set source = events.source_of(organization_id, (data->>'project_id')::uuid);
      alter table events.published alter column source set not null;
    `);
  }
}
