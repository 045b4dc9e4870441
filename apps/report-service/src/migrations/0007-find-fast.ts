import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lists and preflights of large projects (ADR 0021): an index for each order and each selective filter, one that holds all that
 * filters ask, and words to search for. Columns for severity policies and for what people change (ADR 0022).
 */
export class FindFast1764000000007 implements MigrationInterface {
  readonly name = 'FindFast1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Asked once a statement, not once a row.
      do $$ declare name text; begin
        foreach name in array array['import_run', 'assessment', 'assessment_import', 'attack_run', 'trial'] loop
          execute format('alter policy tenant on findings.%I using (organization_id = (select projects.current_organization()))', name);
        end loop;
      end $$;

      alter table findings.assessment
        -- Made by a request and not by a file: a file finds it by its name too.
        add column made_by_request boolean not null default false,
        -- severity_policy with every part in place, as it is applied; null where there is none, or none that can be.
        add column complete_policy jsonb,
        add column runtime_id uuid,
        add column session_id uuid,
        add column workflow_run_id text,
        add column workflow_script text;
      create index assessment_newest on findings.assessment (project_id, created_at desc, id);

      alter table findings.attack_run
        -- What a severity is found from, when nobody says one: kept so that another policy can be applied later.
        add column source_severity text,
        add column default_severity text,
        add column graded boolean not null default false,
        -- The type as it was found, where a person chose another.
        add column found_type text,
        -- Higher scores first, no score last, in one ascending order.
        add column score_rank double precision generated always as (-coalesce(best_score, -1)) stored,
        -- Names short enough for an index that holds many columns; of a longer one its beginning.
        add column attack_key text generated always as (left(attack_name, 100)) stored,
        add column category_key text generated always as (left(category, 100)) stored,
        add column goal_category_key text generated always as (left(goal_category, 100)) stored,
        -- Which frameworks the run carries tags of, as bits.
        add column tagged smallint generated always as (
          ((coalesce(compliance->'owasp_llm_top_10', '[]') <> '[]')::int
          + (coalesce(compliance->'owasp_agentic_top_10', '[]') <> '[]')::int * 2
          + (coalesce(compliance->'mitre_atlas', '[]') <> '[]')::int * 4
          + (coalesce(compliance->'nist_ai_rmf', '[]') <> '[]')::int * 8
          + (coalesce(compliance->'google_saif', '[]') <> '[]')::int * 16)::smallint) stored;
      update findings.attack_run set
        source_severity = case when severity_source = 'source' then severity end,
        default_severity = case when severity_source = 'category_default' then severity end,
        graded = severity_source = 'score_band'
      where severity_source is not null;

      drop index findings.attack_run_worst_first, findings.attack_run_by_attack, findings.attack_run_by_category;
      create index attack_run_by_severity on findings.attack_run (project_id, severity_rank, score_rank, ordinal, id) where superseded_by is null;
      create index attack_run_by_score on findings.attack_run (project_id, score_rank, id) where superseded_by is null;
      create index attack_run_by_creation on findings.attack_run (project_id, created_at, id) where superseded_by is null;
      create index attack_run_by_change on findings.attack_run (project_id, updated_at, id) where superseded_by is null;
      create index attack_run_by_attack on findings.attack_run (project_id, attack_key, id) where superseded_by is null;
      create index attack_run_by_category on findings.attack_run (project_id, category_key, id) where superseded_by is null;
      create index attack_run_by_goal_category on findings.attack_run (project_id, goal_category_key) where superseded_by is null;
      create index attack_run_by_type on findings.attack_run (project_id, finding_type) where superseded_by is null;
      create index attack_run_by_status on findings.attack_run (project_id, finding_status) where superseded_by is null;
      -- All that a filter asks: counts read this and not the rows.
      create index attack_run_facts on findings.attack_run (project_id, organization_id, severity_rank, finding_type)
        include (finding_status, attack_domain, outcome, assessment_id, attack_key, category_key, goal_category_key, best_score, created_at, tagged)
        where superseded_by is null;

      -- Bounded: a tsvector holds a megabyte, and a text of a file may have more.
      create function findings.run_words(goal text, attack_name text) returns tsvector
        language sql immutable parallel safe
        return to_tsvector('simple'::regconfig, coalesce(left(goal, 20000), '') || ' ' || attack_name);
      create function findings.trial_words(original_prompt text, prompt text, response text) returns tsvector
        language sql immutable parallel safe
        return to_tsvector('simple'::regconfig, coalesce(left(original_prompt, 20000), '') || ' ' ||
          coalesce(left(prompt, 20000), '') || ' ' || coalesce(left(response, 20000), ''));
    `);
    await runner.query(`
      create index attack_run_words on findings.attack_run using gin (findings.run_words(goal, attack_name));
      create index trial_words on findings.trial using gin (findings.trial_words(original_prompt, prompt, response));

      -- Runs of a project that hold every word, a word by its beginning where it has three letters or more. As its owner:
      -- row-level security keeps a search away from the index, since it cannot know that matching a word tells nothing.
      create function findings.runs_with_words(project uuid, search text) returns setof uuid
      language sql stable security definer set search_path = '' as $$
        with wanted as materialized (
          select lexeme, ('''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''' || case when length(lexeme) > 2 then ':*' else '' end)::tsquery as word
          from unnest(to_tsvector('simple'::regconfig, $2))
        ), hit as (
          select w.lexeme, r.id
          from wanted w join findings.attack_run r on findings.run_words(r.goal, r.attack_name) @@ w.word
          where r.project_id = $1 and r.organization_id = projects.current_organization() and r.superseded_by is null
          union
          select w.lexeme, r.id
          from wanted w
          join findings.trial t on findings.trial_words(t.original_prompt, t.prompt, t.response) @@ w.word
          join findings.attack_run r on r.id = t.attack_run_id
          where r.project_id = $1 and r.organization_id = projects.current_organization() and r.superseded_by is null
        )
        select id from hit group by id having count(*) = (select count(*) from wanted)
      $$;
      revoke execute on function findings.runs_with_words from public;
      grant execute on function findings.runs_with_words to airt_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function findings.runs_with_words;
      drop index findings.attack_run_words, findings.trial_words;
      drop function findings.run_words, findings.trial_words;
      drop index findings.assessment_newest;
      alter table findings.attack_run drop column source_severity, drop column default_severity, drop column graded,
        drop column found_type, drop column score_rank, drop column attack_key, drop column category_key,
        drop column goal_category_key, drop column tagged;
      alter table findings.assessment drop column made_by_request, drop column complete_policy, drop column runtime_id, drop column session_id,
        drop column workflow_run_id, drop column workflow_script;
      drop index if exists findings.attack_run_by_creation, findings.attack_run_by_change, findings.attack_run_by_type,
        findings.attack_run_by_status;
      create index attack_run_worst_first on findings.attack_run (project_id, severity_rank, best_score desc nulls last, ordinal);
      create index attack_run_by_attack on findings.attack_run (project_id, attack_name);
      create index attack_run_by_category on findings.attack_run (project_id, category);
    `);
  }
}
