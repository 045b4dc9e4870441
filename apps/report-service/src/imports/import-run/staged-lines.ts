import { copyLine } from './copy-text.ts';
import type { StagedRun, StagedTrial } from '../formats/staged-record.ts';

/** Columns of the two staging tables, in the order of the lines below. */
export const runColumns = `assessment text, run text, row integer, rank integer, attack_name text, attack_domain text,
  adversarial_class text, attacker_model text, evaluator_model text, target_model text, goal text, goal_category text,
  category text, sub_category text, risk_domain text, transforms text[], compliance jsonb, source_severity text,
  human_severity text, default_severity text, source_grade text, attack_complexity text, distance_norm text,
  distance_value double precision, execution_time_s double precision, completed_at timestamptz, created_at timestamptz,
  notes text, finding_status text, finding_type text, source text, source_ref text, told_severity text,
  told_severity_source text, told_finding_type text`;

export const trialColumns = `assessment text, run text, trial text, row integer, rank integer, outcome text, stands_in boolean,
  not_assessed_reason text, suspected_target_error boolean, score double precision, detector text, secondary_scores jsonb,
  original_prompt text, prompt text, response text, reasoning text, triggers text[], turns jsonb,
  execution_time_ms double precision, source_ref text`;

export function runLine(run: StagedRun): string {
  return copyLine([
    run.assessment,
    run.run,
    run.row,
    run.rank,
    run.attack_name,
    run.attack_domain,
    run.adversarial_class,
    run.attacker_model,
    run.evaluator_model,
    run.target_model,
    run.goal,
    run.goal_category,
    run.category,
    run.sub_category,
    run.risk_domain,
    run.transforms,
    run.compliance,
    run.source_severity,
    run.human_severity,
    run.default_severity,
    run.source_grade,
    run.attack_complexity,
    run.distance_norm,
    run.distance_value,
    run.execution_time_s,
    run.completed_at,
    run.created_at,
    run.notes,
    run.finding_status,
    run.finding_type,
    run.source,
    run.source_ref,
    run.told_severity,
    run.told_severity_source,
    run.told_finding_type,
  ]);
}

export function trialLine(trial: StagedTrial): string {
  return copyLine([
    trial.assessment,
    trial.run,
    trial.trial,
    trial.row,
    trial.rank,
    trial.outcome,
    trial.stands_in ?? false,
    trial.not_assessed_reason,
    trial.suspected_target_error ?? false,
    trial.score,
    trial.detector,
    trial.secondary_scores,
    trial.original_prompt,
    trial.prompt,
    trial.response,
    trial.reasoning,
    trial.triggers,
    // Arrays are text[] to the COPY writer; turns are jsonb, so they come as text.
    trial.turns && trial.turns.length > 0 ? JSON.stringify(trial.turns) : null,
    trial.execution_time_ms,
    trial.source_ref,
  ]);
}
