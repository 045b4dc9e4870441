import type { FindingStatus, FindingType, Outcome, Severity, SeveritySource } from '#domain';

import { rowsOf } from '../support/rows.ts';
import { grouped } from './grouped.ts';
import type { DatabaseUrls } from '../support/test-stack.ts';

/** A run as the tables hold it, with its trials; nothing is counted yet. */
export interface StoredRun {
  readonly id: string;
  readonly assessment_id: string;
  readonly assessment_key: string;
  readonly assessment_name: string;
  readonly assessment_target: string | null;
  readonly assessment_status: string;
  readonly started_at: Date | null;
  /** Of the import that the run came with. */
  readonly coverage: 'full' | 'hits_only';
  readonly ordinal: number;
  readonly attack_name: string;
  readonly attack_domain: string | null;
  readonly adversarial_class: string | null;
  readonly target_model: string | null;
  readonly evaluator_model: string | null;
  readonly goal: string | null;
  readonly goal_category: string | null;
  readonly category: string;
  readonly transforms: readonly string[];
  readonly compliance: Readonly<Record<string, readonly string[]>>;
  readonly outcome: Outcome;
  readonly finding_type: FindingType;
  readonly finding_status: FindingStatus;
  readonly severity: Severity | null;
  readonly severity_source: SeveritySource | null;
  readonly best_score: number | null;
  readonly source_ref: string | null;
  readonly score_meaning: 'graded' | 'ranking_only';
  readonly suspected_target_error: boolean;
  readonly superseded: boolean;
  readonly created_at: Date;
  readonly trials: readonly StoredTrial[];
}

export interface StoredTrial {
  readonly ordinal: number;
  readonly outcome: Outcome;
  readonly score: number | null;
  readonly detector: string | null;
  readonly secondary_scores: Readonly<Record<string, number | null>> | null;
  readonly secondary_verdicts?: Readonly<Record<string, string>> | null;
  readonly original_prompt: string | null;
  readonly prompt: string | null;
  readonly blocked_by_filter: boolean;
}

export interface StoredAssessment {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly status: string;
  readonly target_model: string | null;
  readonly started_at: Date | null;
  readonly coverages: readonly string[];
}

export interface StoredProject {
  readonly assessments: readonly StoredAssessment[];
  /** Also those that no report reads. */
  readonly runs: readonly StoredRun[];
}

/** Straight from the tables: no view, no statement of the service stands between. */
export async function storedProject(
  service: { readonly databaseUrls: DatabaseUrls },
  projectId: string,
): Promise<StoredProject> {
  const [assessments, runs, trials] = await Promise.all([
    rowsOf<StoredAssessment & { id: string }>(
      service,
      `select a.id, a.key, a.name, a.status, a.target_model, a.started_at,
          array(select i.coverage from findings.assessment_import i where i.assessment_id = a.id) as coverages
        from findings.assessment a where a.project_id = $1`,
      [projectId],
    ),
    rowsOf<Omit<StoredRun, 'trials'> & { id: string }>(
      service,
      `select r.*, a.key as assessment_key, a.name as assessment_name, a.target_model as assessment_target,
          a.status as assessment_status, a.started_at, i.coverage, r.superseded_by is not null as superseded
        from findings.attack_run r
        join findings.assessment a on a.id = r.assessment_id
        join findings.assessment_import i on i.assessment_id = r.assessment_id and i.import_id = r.import_id
        where r.project_id = $1`,
      [projectId],
    ),
    rowsOf<StoredTrial & { attack_run_id: string }>(
      service,
      `select t.* from findings.trial t join findings.attack_run r on r.id = t.attack_run_id
        where r.project_id = $1 order by t.ordinal`,
      [projectId],
    ),
  ]);
  const trialsOf = grouped(trials, ({ attack_run_id }) => attack_run_id);
  return { assessments, runs: runs.map((run) => ({ ...run, trials: trialsOf.get(run.id) ?? [] })) };
}
