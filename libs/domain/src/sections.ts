/**
 * A section is one row here; its resolver stands in `findings/rows`, its drawing in `rendering/sections`.
 * The order is our default order of a document. Eight keys are of the documented API, four are ours.
 */
export const sectionKeys = [
  'recommendations',
  'executive_summary',
  'risk_score_metrics',
  'severity_breakdown',
  'asr_by_attack',
  'asr_by_category',
  'asr_by_goal',
  'transform_effectiveness',
  'compliance',
  'findings',
  'evidence',
  'methodology',
] as const;
export type SectionKey = (typeof sectionKeys)[number];

/** Named sets of rows that the findings module resolves, for counting and for reading. */
export const rowSources = [
  'targets',
  'assessments',
  'severities',
  'asr_by_attack',
  'asr_by_category',
  'asr_by_goal',
  'asr_by_transform',
  'attack_by_transform',
  'lift_strata',
  'compliance_items',
  'framework_gaps',
  'findings',
  'finding_categories',
  'not_assessed_reasons',
  'adversarial_ml',
  'judges',
  'left_out',
] as const;
export type RowSource = (typeof rowSources)[number];

interface SectionDefinition {
  readonly key: SectionKey;
  readonly title: string;
  /** The section is empty when this source has no row. */
  readonly source: RowSource;
  /** Whether the findings filter of the request narrows it; everything else says in print that it is unfiltered. */
  readonly filtered: boolean;
}

const section = (key: SectionKey, title: string, source: RowSource, filtered = false): SectionDefinition => ({
  key,
  title,
  source,
  filtered,
});

export const sections: Readonly<Record<SectionKey, SectionDefinition>> = {
  recommendations: section('recommendations', 'Recommendations', 'finding_categories'),
  executive_summary: section('executive_summary', 'Executive Summary', 'assessments'),
  risk_score_metrics: section('risk_score_metrics', 'Risk Score & Key Metrics', 'assessments'),
  severity_breakdown: section('severity_breakdown', 'Severity Breakdown', 'severities'),
  asr_by_attack: section('asr_by_attack', 'Attack Success Rate by Attack', 'asr_by_attack'),
  asr_by_category: section('asr_by_category', 'Attack Success Rate by Category', 'asr_by_category'),
  asr_by_goal: section('asr_by_goal', 'Attack Success Rate by Goal', 'asr_by_goal'),
  transform_effectiveness: section('transform_effectiveness', 'Transform Effectiveness', 'asr_by_transform'),
  compliance: section('compliance', 'Compliance Coverage', 'compliance_items'),
  findings: section('findings', 'Findings', 'findings', true),
  evidence: section('evidence', 'Evidence', 'findings', true),
  methodology: section('methodology', 'Scope & Method', 'assessments'),
};
