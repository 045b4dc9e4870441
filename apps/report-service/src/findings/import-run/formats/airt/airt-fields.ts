import { assessmentStatuses, coverages, findingStatuses, outcomes, severities } from '#domain';

import { zonedTime } from '../reading/read-time.ts';

/** Says what is wrong with a value, or nothing. */
export type FieldCheck = (value: unknown) => string | undefined;

export interface FieldRule {
  readonly required: boolean;
  readonly check: FieldCheck;
}

export type FieldRules = Readonly<Record<string, FieldRule>>;

/** Names are shown in tables and keys are compared; texts are evidence and bounded by the line alone. */
const longestName = 500;
const longestList = 200;

const name: FieldCheck = (value) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longestName
    ? undefined
    : `must be text of 1 to ${longestName} characters`;
const text: FieldCheck = (value) => (typeof value === 'string' ? undefined : 'must be text');
const record: FieldCheck = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must be an object';
const anything: FieldCheck = () => undefined;
const flag: FieldCheck = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const time: FieldCheck = (value) =>
  typeof value === 'string' && zonedTime(value) !== undefined ? undefined : 'must be an ISO 8601 time';

function oneOf(values: readonly string[]): FieldCheck {
  return (value) =>
    typeof value === 'string' && values.includes(value) ? undefined : `must be one of ${values.join(', ')}`;
}

function number(low: number, high = Number.MAX_VALUE): FieldCheck {
  const range = high === Number.MAX_VALUE ? `of at least ${low}` : `from ${low} to ${high}`;
  return (value) =>
    typeof value === 'number' && value >= low && value <= high ? undefined : `must be a number ${range}`;
}

const unit = number(0, 1);

function listOf(check: FieldCheck, what: string): FieldCheck {
  return (value) =>
    Array.isArray(value) && value.length <= longestList && value.every((item) => check(item) === undefined)
      ? undefined
      : `must be a list of at most ${longestList} ${what}`;
}

const turn: FieldCheck = (value) => {
  if (record(value) !== undefined) return 'must be a turn';
  const { role, content, ...others } = value as Record<string, unknown>;
  return (
    name(role) ?? text(content) ?? (Object.keys(others).length > 0 ? 'must have role and content alone' : undefined)
  );
};

const scores: FieldCheck = (value) =>
  record(value) ??
  (Object.values(value as object).every((score) => score === null || unit(score) === undefined)
    ? undefined
    : 'must map names to numbers from 0 to 1 or null');

/** The documented map of tags, our own map by framework key, or a list of prefixed ids. */
const tags: FieldCheck = (value) => {
  const items = Array.isArray(value)
    ? (value as unknown[])
    : record(value) === undefined
      ? Object.values(value as object).flat()
      : undefined;
  if (items === undefined) return 'must be an object or a list of tags';
  return items.every((item) => item === null || typeof item === 'string') ? undefined : 'must hold text';
};

const reasons = oneOf(['target_error', 'suspected_target_error', 'no_score', 'empty_answer', 'not_evaluated']);

function required(check: FieldCheck): FieldRule {
  return { required: true, check };
}

/** Absent and null are the same. */
function optional(check: FieldCheck): FieldRule {
  return { required: false, check };
}

export const assessmentFields = {
  type: required(oneOf(['assessment'])),
  id: optional(name),
  name: required(name),
  description: optional(text),
  status: optional(oneOf(assessmentStatuses)),
  target_model: optional(name),
  attacker_model: optional(name),
  judge_model: optional(name),
  target_config: optional(record),
  attacker_config: optional(record),
  attack_manifest: optional(anything),
  severity_policy: optional(record),
  started_at: optional(time),
  completed_at: optional(time),
  coverage: optional(oneOf(coverages)),
  threshold: optional(unit),
  detector: optional(name),
  score_meaning: optional(oneOf(['graded', 'ranking_only'])),
  source_reported: optional(record),
} satisfies FieldRules;

export const attackRunFields = {
  type: required(oneOf(['attack_run'])),
  id: optional(name),
  assessment: required(name),
  attack_name: required(name),
  attack_domain: optional(oneOf(['generative', 'adversarial_ml'])),
  adversarial_class: optional(name),
  attacker_model: optional(name),
  evaluator_model: optional(name),
  target_model: optional(name),
  goal: optional(text),
  goal_category: optional(name),
  category: optional(name),
  sub_category: optional(name),
  risk_domain: optional(name),
  transforms_applied: optional(listOf(name, 'names')),
  compliance_tags: optional(tags),
  severity: optional(oneOf(severities)),
  severity_source: optional(oneOf(['human', 'source'])),
  default_severity: optional(oneOf(severities)),
  source_grade: optional(name),
  attack_complexity: optional(name),
  distance_norm: optional(name),
  distance_value: optional(number(0)),
  execution_time_s: optional(number(0)),
  created_at: optional(time),
  completed_at: optional(time),
  notes: optional(text),
  finding_status: optional(oneOf(findingStatuses)),
  finding_type: optional(oneOf(['evasion', 'degradation', 'robust'])),
  outcome: optional(oneOf(outcomes)),
  not_assessed_reason: optional(reasons),
  best_score: optional(unit),
  best_candidate: optional(text),
  best_transformed_prompt: optional(text),
  best_response: optional(text),
  best_judge_reasoning: optional(text),
} satisfies FieldRules;

export const trialFields = {
  type: required(oneOf(['trial'])),
  id: optional(name),
  assessment: optional(name),
  attack_run: required(name),
  outcome: optional(oneOf(outcomes)),
  not_assessed_reason: optional(reasons),
  suspected_target_error: optional(flag),
  score: optional(unit),
  detector: optional(name),
  secondary_scores: optional(scores),
  original_prompt: optional(text),
  prompt: optional(text),
  response: optional(text),
  reasoning: optional(text),
  triggers: optional(listOf(text, 'texts')),
  turns: optional(listOf(turn, 'turns with role and content')),
  execution_time_ms: optional(number(0)),
} satisfies FieldRules;

/** Fields of the documented finding that we derive ourselves; a file that claims them is told so. */
export const derivedFields: ReadonlySet<string> = new Set([
  'assessment_id',
  'assessment_name',
  'finished_trials',
  'is_jailbreak',
  'pass_rate',
  'status',
  'top_trials',
  'total_trials',
  'updated_at',
]);
