import type { AssessmentView } from '#contracts';
import { type AssessmentRow, mergeMetrics } from '#domain';
import { isoUtc } from './finding-columns.ts';
import { metricsView } from './metrics-view.ts';

/** The columns of an assessment `a` that stand in its row. */
export const assessmentColumns = `a.id, a.project_id, a.name, a.description, a.status, a.target_model, a.attacker_model,
  a.judge_model, a.target_config, a.attacker_config, a.attack_manifest, a.severity_policy, a.runtime_id, a.session_id,
  a.workflow_run_id, a.workflow_script, ${isoUtc('a.started_at')} as started_at,
  ${isoUtc('a.completed_at')} as completed_at, ${isoUtc('a.created_at')} as created_at,
  ${isoUtc('a.updated_at')} as updated_at`;

export type StoredAssessment = Omit<AssessmentView, 'coverage' | 'source_reported' | 'metrics'>;

/** `counted` is what the resolver of reports says of it; undefined when nothing was imported. */
export const assessmentView = (stored: StoredAssessment, counted: AssessmentRow | undefined): AssessmentView => ({
  ...stored,
  coverage: counted?.coverage ?? null,
  source_reported:
    counted?.sources.map(({ source_reported }) => source_reported).find((claim) => claim !== null) ?? null,
  metrics: metricsView(mergeMetrics(counted ? [counted] : [])),
});
