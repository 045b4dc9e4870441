import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Imports, assessments, attack runs (= findings) and trials, with the indexes that serve the filters. */
export class Findings1764000000002 implements MigrationInterface {
  readonly name = 'Findings1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema findings;
      grant usage on schema findings to airt_app, airt_relay;

      create table findings.import_run (
        id uuid primary key,
        organization_id uuid not null,
        project_id uuid not null references projects.project on delete cascade,
        status text not null check (status in ('receiving', 'reading', 'finalising', 'completed', 'failed')),
        format text,
        file_name text,
        sha256 text,
        options jsonb not null default '{}',
        options_hash text,
        bytes_read bigint not null default 0,
        rows_read integer not null default 0,
        counts jsonb not null default '{}',
        warnings jsonb not null default '[]',
        error jsonb,
        created_at timestamptz not null default now(),
        heartbeat_at timestamptz not null default now(),
        completed_at timestamptz
      );
      -- The same file with the same options changes nothing: the second import of a race ends here.
      create unique index import_run_once on findings.import_run (project_id, sha256, options_hash) where status = 'completed';
      create index import_run_by_project on findings.import_run (project_id, created_at desc);
      create index import_run_unfinished on findings.import_run (heartbeat_at) where status not in ('completed', 'failed');

      create table findings.assessment (
        id uuid primary key,
        organization_id uuid not null,
        project_id uuid not null references projects.project on delete cascade,
        key text not null,
        name text not null,
        description text,
        status text not null default 'completed' check (status in ('pending', 'running', 'completed', 'failed')),
        target_model text,
        attacker_model text,
        judge_model text,
        target_config jsonb,
        attacker_config jsonb,
        attack_manifest jsonb,
        severity_policy jsonb,
        started_at timestamptz,
        completed_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (project_id, key)
      );

      -- What one import said about one assessment. A report reads the imports of its watermark, so these facts are kept apart.
      create table findings.assessment_import (
        assessment_id uuid not null references findings.assessment on delete cascade,
        import_id uuid not null references findings.import_run on delete cascade,
        organization_id uuid not null,
        coverage text not null check (coverage in ('full', 'hits_only')),
        threshold double precision,
        detector text,
        source_reported jsonb,
        primary key (assessment_id, import_id)
      );
      create index assessment_import_by_import on findings.assessment_import (import_id);

      create table findings.attack_run (
        id uuid primary key,
        organization_id uuid not null,
        project_id uuid not null references projects.project on delete cascade,
        assessment_id uuid not null references findings.assessment on delete cascade,
        import_id uuid not null references findings.import_run on delete cascade,
        -- A later import of the same run. A build whose watermark lacks that import still reads this row.
        superseded_by uuid references findings.import_run on delete set null,
        run_key text not null,
        ordinal integer not null,
        attack_name text not null,
        attack_domain text,
        adversarial_class text,
        attacker_model text,
        evaluator_model text,
        target_model text,
        goal text,
        goal_category text,
        category text not null,
        sub_category text,
        risk_domain text,
        transforms text[] not null default '{}',
        compliance jsonb not null default '{}',
        status text not null default 'completed',
        outcome text not null check (outcome in ('succeeded', 'resisted', 'not_assessed')),
        finding_type text not null,
        finding_status text not null default 'open',
        severity text check (severity in ('critical', 'high', 'medium', 'low', 'info')),
        severity_source text,
        severity_rank smallint generated always as (case severity
          when 'critical' then 1 when 'high' then 2 when 'medium' then 3 when 'low' then 4 when 'info' then 5 else 6 end) stored,
        source_grade text,
        attack_complexity text,
        best_score double precision check (best_score between 0 and 1),
        best_trial integer,
        total_trials integer not null default 0,
        succeeded_trials integer not null default 0,
        not_assessed_trials integer not null default 0,
        first_success integer,
        not_assessed_reason text,
        suspected_target_error boolean not null default false,
        distance_norm text,
        distance_value double precision,
        execution_time_s double precision,
        notes text,
        source_ref text,
        completed_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (assessment_id, run_key, import_id)
      );
      create index attack_run_worst_first on findings.attack_run
        (project_id, severity_rank, best_score desc nulls last, ordinal);
      create index attack_run_by_attack on findings.attack_run (project_id, attack_name);
      create index attack_run_by_category on findings.attack_run (project_id, category);
      create index attack_run_by_import on findings.attack_run (import_id);

      create table findings.trial (
        attack_run_id uuid not null references findings.attack_run on delete cascade,
        ordinal integer not null,
        organization_id uuid not null,
        trial_key text not null,
        outcome text not null check (outcome in ('succeeded', 'resisted', 'not_assessed')),
        not_assessed_reason text,
        suspected_target_error boolean not null default false,
        score double precision,
        detector text,
        secondary_scores jsonb,
        original_prompt text,
        prompt text,
        response text,
        reasoning text,
        triggers text[],
        turns jsonb,
        execution_time_ms double precision,
        source_ref text not null,
        primary key (attack_run_id, ordinal)
      );

      do $$ declare name text; begin
        foreach name in array array['import_run', 'assessment', 'assessment_import', 'attack_run', 'trial'] loop
          execute format('alter table findings.%I enable row level security', name);
          execute format('create policy tenant on findings.%I to airt_app using (organization_id = projects.current_organization())', name);
          execute format('grant select, insert, update, delete on findings.%I to airt_app', name);
        end loop;
      end $$;
      -- The sweeper ends imports whose process died.
      create policy sweep on findings.import_run to airt_relay using (true);
      grant select, update on findings.import_run to airt_relay;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema findings cascade');
  }
}
