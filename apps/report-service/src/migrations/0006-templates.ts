import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Report templates with their versions, and the images that reports may show. */
export class Templates1764000000006 implements MigrationInterface {
  readonly name = 'Templates1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema templates;
      grant usage on schema templates to airt_app, airt_relay;

      create table templates.report_template (
        id uuid primary key,
        organization_id uuid not null,
        project_id uuid not null references projects.project on delete cascade,
        name text not null,
        description text,
        version integer not null check (version > 0),
        config jsonb not null,
        created_by uuid,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        -- Two who want one name at once: the index decides.
        unique (project_id, name)
      );
      create index report_template_newest on templates.report_template (project_id, created_at desc, id desc);

      -- What each version said; written once. The application may not change it.
      create table templates.report_template_version (
        template_id uuid not null references templates.report_template on delete cascade,
        version integer not null,
        organization_id uuid not null,
        name text not null,
        description text,
        config jsonb not null,
        created_by uuid,
        created_at timestamptz not null,
        primary key (template_id, version)
      );

      alter table templates.report_template enable row level security;
      alter table templates.report_template_version enable row level security;
      create policy tenant on templates.report_template to airt_app
        using (organization_id = projects.current_organization());
      create policy tenant on templates.report_template_version to airt_app
        using (organization_id = projects.current_organization());
      grant select, insert, update, delete on templates.report_template to airt_app;
      grant select, insert on templates.report_template_version to airt_app;

      -- Written before the bytes, like an artifact; an image exists for others once stored_at is set.
      create table storage.image (
        object_key text primary key,
        organization_id uuid not null,
        project_id uuid not null,
        created_at timestamptz not null default now(),
        stored_at timestamptz,
        size_bytes bigint
      );
      create index image_by_project on storage.image (project_id);
      alter table storage.image enable row level security;
      create policy tenant on storage.image to airt_app using (organization_id = projects.current_organization());
      create policy work on storage.image to airt_relay using (true);
      grant select, insert, update, delete on storage.image to airt_app, airt_relay;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema templates cascade; drop table storage.image');
  }
}
