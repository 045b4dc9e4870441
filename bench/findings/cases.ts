import type { FindingsPageRequest, ListedFilter } from '#contracts';

/** A list that is asked of the service, and the same rows in SQL as a person would write it. */
export interface ListCase {
  readonly name: string;
  readonly request: Partial<Omit<FindingsPageRequest, 'filter'>> & { readonly filter: ListedFilter };
  /** Of `findings.attack_run r` among the current runs of the project. */
  readonly where: string;
  /** Ends in the id, in the columns that the index of the order has. */
  readonly orderBy?: string;
  /** Walk there by cursors from the first page and measure the page that the last one begins. */
  readonly cursorAfter?: number;
}

export interface PreflightCase {
  readonly name: string;
  readonly preset: Readonly<Record<string, unknown>>;
  readonly filter: ListedFilter;
  readonly where: string;
}

const counted = `r.attack_domain is distinct from 'adversarial_ml'
  and r.finding_status not in ('false_positive', 'incorrect_scoring')`;
const reported = `${counted} and r.finding_type in ('jailbreak', 'partial')`;
const inAssessments = (condition: string): string =>
  `r.assessment_id in (select a.id from findings.assessment a where a.project_id = r.project_id and ${condition})`;

/** `one` is the id of an assessment of the project. */
export function listCases(one: string): readonly ListCase[] {
  return [
    { name: 'everything', request: { filter: {} }, where: 'true' },
    { name: 'everything, page 40', request: { page: 40, filter: {} }, where: 'true' },
    { name: 'everything, page 2,000', request: { page: 2_000, filter: {} }, where: 'true' },
    { name: 'everything, 20th page by cursor', request: { filter: {} }, where: 'true', cursorAfter: 19 },
    {
      name: 'everything, newest first',
      request: { sortBy: 'created_at', filter: {} },
      where: 'true',
      orderBy: 'r.created_at desc, r.id desc',
    },
    {
      name: 'everything, worst first',
      request: { sortBy: 'severity', filter: {} },
      where: 'true',
      orderBy: 'r.severity_rank, r.score_rank, r.ordinal, r.id',
    },
    { name: 'rows of a report', request: { view: 'report', filter: {} }, where: reported },
    {
      name: 'one assessment, by name',
      request: { sortBy: 'attack_name', sortDir: 'asc', filter: { assessment_ids: [one] } },
      where: `r.assessment_id = '${one}'`,
      orderBy: 'r.attack_key, r.id',
    },
    {
      name: 'jailbreaks',
      request: { filter: { finding_type: ['jailbreak'] } },
      where: `r.finding_type = 'jailbreak'`,
    },
    {
      name: 'critical',
      request: { filter: { severity: ['critical'] } },
      where: `r.severity = 'critical'`,
    },
    {
      name: 'one attack',
      request: { filter: { attack_name: ['attack 7'] } },
      where: `r.attack_name = 'attack 7'`,
    },
    {
      name: 'one attack, rows of a report',
      request: { view: 'report', filter: { attack_name: ['attack 7'] } },
      where: `r.attack_name = 'attack 7' and ${reported}`,
    },
    {
      name: 'one category',
      request: { filter: { category: ['category_23'] } },
      where: `'category_23' in (r.category, r.goal_category)`,
    },
    {
      name: 'false positives',
      request: { filter: { finding_status: ['false_positive'] } },
      where: `r.finding_status = 'false_positive'`,
    },
    { name: 'errors', request: { filter: { finding_type: ['error'] } }, where: `r.finding_type = 'error'` },
    {
      name: 'score from 0.97, rows of a report',
      request: { view: 'report', filter: { min_score: 0.97 } },
      where: `r.best_score >= 0.97 and ${reported}`,
    },
    {
      name: 'one assessment by its start, rows of a report',
      request: { view: 'report', filter: { started_before: '2026-01-05T00:00:00Z' } },
      where: `${inAssessments(`a.started_at <= '2026-01-05'`)} and ${reported}`,
    },
    {
      name: 'high of one attack in one assessment',
      request: { filter: { severity: ['high'], attack_name: ['attack 7'], assessment_ids: [one] } },
      where: `r.severity = 'high' and r.attack_name = 'attack 7' and r.assessment_id = '${one}'`,
    },
    { name: 'no such attack', request: { filter: { attack_name: ['nobody'] } }, where: `r.attack_name = 'nobody'` },
    {
      name: 'a rare word',
      request: { filter: { search: 'heliotrope' } },
      where: `exists (select from findings.trial t where t.attack_run_id = r.id
        and findings.trial_words(t.original_prompt, t.prompt, t.response) @@ 'heliotrope:*'::tsquery)`,
    },
  ];
}

const everySection = [
  'risk_score_metrics',
  'severity_breakdown',
  'asr_by_attack',
  'asr_by_category',
  'asr_by_goal',
  'transform_effectiveness',
  'compliance',
  'findings',
  'evidence',
];

export function preflightCases(one: string): readonly PreflightCase[] {
  const findings = (name: string, filter: ListedFilter, where: string): PreflightCase => ({
    name,
    preset: { sections: ['findings', 'evidence'], filters: filter },
    filter,
    where: filter.finding_type ? `${where} and ${counted}` : `${where} and ${reported}`,
  });
  return [
    {
      name: 'nine sections, no filter',
      preset: { sections: everySection, compliance_frameworks: ['owasp_llm_top_10', 'mitre_atlas'] },
      filter: {},
      where: reported,
    },
    {
      name: 'nine sections, two of them empty',
      preset: {
        sections: everySection,
        compliance_frameworks: ['owasp_llm_top_10', 'mitre_atlas'],
        filters: { attack_name: ['nobody'] },
      },
      filter: { attack_name: ['nobody'] },
      where: `r.attack_name = 'nobody' and ${reported}`,
    },
    findings('critical', { severity: ['critical'] }, `r.severity = 'critical'`),
    findings('one attack', { attack_name: ['attack 7'] }, `r.attack_name = 'attack 7'`),
    findings('one category', { category: ['category_23'] }, `'category_23' in (r.category, r.goal_category)`),
    findings('score from 0.97', { min_score: 0.97 }, 'r.best_score >= 0.97'),
    findings('one assessment', { assessment_ids: [one] }, `r.assessment_id = '${one}'`),
    findings(
      'one assessment by its start',
      { started_before: '2026-01-05T00:00:00Z' },
      inAssessments(`a.started_at <= '2026-01-05'`),
    ),
    findings(
      'refusals of score 1: none',
      { finding_type: ['refusal'], min_score: 1 },
      `r.finding_type = 'refusal' and r.best_score >= 1`,
    ),
    findings(
      'critical before any assessment: none',
      { severity: ['critical'], started_before: '2025-01-01T00:00:00Z' },
      `r.severity = 'critical' and ${inAssessments(`a.started_at <= '2025-01-01'`)}`,
    ),
  ];
}
