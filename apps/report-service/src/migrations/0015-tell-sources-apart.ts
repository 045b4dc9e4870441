import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a file says itself, kept apart from what we made of it: verdicts of every judge, scores as written, origin of tags. */
export class TellSourcesApart1764000000015 implements MigrationInterface {
  readonly name = 'TellSourcesApart1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table findings.trial
        -- Outcome by each judge that does not decide, by its name.
        add column secondary_verdicts jsonb,
        -- The score as the file writes it, and how ours came of it, where it is another.
        add column source_score text,
        add column score_scale text check (score_scale in ('inverted', 'from_label', 'clipped')),
        -- The answer is that of a content filter before the target.
        add column blocked_by_filter boolean not null default false;

      alter table findings.attack_run
        add column compliance_source text check (compliance_source in ('file', 'crosswalk')),
        add column compliance_table text,
        -- ranking_only: scores order trials and say nothing of harm.
        add column score_meaning text not null default 'graded' check (score_meaning in ('graded', 'ranking_only')),
        add column blocked_trials integer not null default 0,
        -- Its import holds hits alone, so neither the run nor its trials have a denominator.
        add column hits_only boolean not null default false;

      alter table findings.assessment_import
        -- Why the judge whose verdict decides is the one: a code.
        add column primary_rule text
          check (primary_rule in ('only_judge', 'chosen_by_caller', 'first_in_file', 'source_verdict'));
      alter table findings.import_run
        -- What the file says of itself as a whole.
        add column source_reported jsonb;

      update findings.attack_run r set
        compliance_source = case when i.format in ('airt', 'garak_report') then 'file' else 'crosswalk' end
      from findings.import_run i where i.id = r.import_id and r.compliance <> '{}';
      update findings.attack_run r set score_meaning = 'ranking_only'
      from findings.import_run i where i.id = r.import_id and i.format in ('promptfoo_json', 'promptfoo_csv');
      -- Such a score makes nothing come close; what a person said stays.
      update findings.attack_run set finding_type = 'refusal', severity = 'info', severity_source = null
      where score_meaning = 'ranking_only' and outcome = 'resisted' and finding_type = 'partial' and found_type is null
        and severity_source is distinct from 'human';
      update findings.attack_run set found_type = 'refusal'
      where score_meaning = 'ranking_only' and outcome = 'resisted' and found_type = 'partial';
      -- Which try was the first to succeed is not in a file of hits.
      update findings.attack_run r set first_success = null, hits_only = true
      from findings.assessment_import i
      where i.assessment_id = r.assessment_id and i.import_id = r.import_id and i.coverage = 'hits_only';
      -- What formats did to scores before it was noted.
      update findings.trial t set
        score_scale = case i.format when 'azure_red_team' then 'from_label' else 'inverted' end,
        source_score = case when i.format = 'azure_red_team'
          then case t.score when 0 then 'Very low' when 0.33 then 'Low' when 0.66 then 'Medium' else 'High' end
          else round((1 - t.score)::numeric, 6)::float8::text end
      from findings.attack_run r join findings.import_run i on i.id = r.import_id
      where r.id = t.attack_run_id and t.score is not null
        and i.format in ('promptfoo_json', 'promptfoo_csv', 'azure_red_team');
      -- The verdicts of other detectors, by the rule that held for the first.
      update findings.trial t set secondary_verdicts = judged.verdicts
      from (
        select s.attack_run_id, s.ordinal, jsonb_object_agg(judge, case
            when s.outcome = 'not_assessed' or jsonb_typeof(said) <> 'number' then 'not_assessed'
            when i.coverage = 'hits_only' or said::text::float8 >= coalesce(i.threshold, 0.5) then 'succeeded'
            else 'resisted' end) as verdicts
        from findings.trial s
        join findings.attack_run r on r.id = s.attack_run_id
        join findings.assessment_import i on i.assessment_id = r.assessment_id and i.import_id = r.import_id
        cross join jsonb_each(s.secondary_scores) as other(judge, said)
        where s.secondary_scores <> '{}'
        group by s.attack_run_id, s.ordinal
      ) judged
      where judged.attack_run_id = t.attack_run_id and judged.ordinal = t.ordinal;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table findings.import_run drop column source_reported;
      alter table findings.assessment_import drop column primary_rule;
      alter table findings.attack_run drop column compliance_source, drop column compliance_table, drop column score_meaning,
        drop column blocked_trials, drop column hits_only;
      alter table findings.trial drop column secondary_verdicts, drop column source_score, drop column score_scale,
        drop column blocked_by_filter;
    `);
  }
}
