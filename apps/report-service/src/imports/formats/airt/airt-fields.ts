import {
  assessmentColumns,
  type ColumnType,
  coverages,
  isUuid,
  notAssessedReasons,
  outcomes,
  policyFaults,
  primaryRules,
  runColumns,
  scoreMeanings,
  type StoredColumn,
  type StoredColumns,
  trialColumns,
} from '#domain';

import { zonedTime } from '../reading/read-time.ts';

/** Says what is wrong with a value, or nothing. */
type FieldCheck = (value: unknown) => string | undefined;

interface FieldRule {
  readonly required: boolean;
  readonly check: FieldCheck;
}

export type FieldRules = Readonly<Record<string, FieldRule>>;

/** Names are shown in tables and keys are compared; texts are evidence and bounded by the line alone. */
const longestName = 500;
const longestList = 200;
/** Parts of one exchange; the line bounds them. */
const longestEvidence = 10_000;

const name: FieldCheck = (value) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= longestName
    ? undefined
    : `must be text of 1 to ${longestName} characters`;
const uuid: FieldCheck = (value) => (typeof value === 'string' && isUuid(value) ? undefined : 'must be a UUID');
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

function listOf(check: FieldCheck, what: string, longest = longestList): FieldCheck {
  return (value) =>
    Array.isArray(value) && value.length <= longest && value.every((item) => check(item) === undefined)
      ? undefined
      : `must be a list of at most ${longest} ${what}`;
}

/** An object of known members, each by its rule; says what is wrong with the first that is. */
function shape(rules: FieldRules): FieldCheck {
  return (value) => {
    if (record(value) !== undefined) return 'must be an object';
    const members = value as Readonly<Record<string, unknown>>;
    for (const [key, member] of Object.entries(members)) {
      const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
      if (rule === undefined) return `must have ${Object.keys(rules).join(', ')} alone`;
      const fault = member === null ? undefined : rule.check(member);
      if (fault !== undefined) return `is wrong in ${key}, which ${fault}`;
    }
    const missing = Object.keys(rules).find((key) => rules[key]?.required === true && (members[key] ?? null) === null);
    return missing === undefined ? undefined : `must have ${missing}`;
  };
}

/** An object of any keys whose members all pass. */
function mapOf(check: FieldCheck, what: string): FieldCheck {
  return (value) =>
    record(value) === undefined &&
    Object.keys(value as object).length <= longestList &&
    Object.values(value as object).every((member) => check(member) === undefined)
      ? undefined
      : `must map at most ${longestList} names to ${what}`;
}

const count: FieldCheck = (value) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : 'must be a whole number of at least 0';
const hash: FieldCheck = (value) =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? undefined : 'must be a SHA-256 in lower-case hex';
const fileName: FieldCheck = (value) =>
  typeof value === 'string' && /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(value)
    ? undefined
    : 'must be text of 1 to 200 characters without control characters';
const option: FieldCheck = (value) =>
  typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length <= longestName)
    ? undefined
    : 'must be text, a number, true or false';

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

const policy: FieldCheck = (value) => {
  const [fault] = policyFaults(value);
  return fault && [...fault.loc, fault.msg].join(' ');
};

function required(check: FieldCheck): FieldRule {
  return { required: true, check };
}

/** Absent and null are the same. */
function optional(check: FieldCheck): FieldRule {
  return { required: false, check };
}

const ofType: Readonly<Record<ColumnType, FieldCheck>> = {
  text,
  'text[]': listOf(name, 'names'),
  uuid,
  boolean: flag,
  'double precision': number(0),
  timestamptz: time,
  jsonb: record,
};

const checkOf = ({ type, words, isName }: StoredColumn): FieldCheck =>
  words ? oneOf(words) : isName ? name : ofType[type];

/** Each column as a field that a line may have. */
const fieldsOf = (columns: StoredColumns): FieldRules =>
  Object.fromEntries(
    Object.entries(columns).map(([column, stored]) => [stored.field ?? column, optional(checkOf(stored))]),
  );

export const assessmentFields: FieldRules = {
  type: required(oneOf(['assessment'])),
  id: optional(name),
  ...fieldsOf(assessmentColumns),
  name: required(name),
  attack_manifest: optional(anything),
  severity_policy: optional(policy),
  coverage: optional(oneOf(coverages)),
  threshold: optional(unit),
  detector: optional(name),
  primary_rule: optional(oneOf(primaryRules)),
  score_meaning: optional(oneOf(scoreMeanings)),
  source_reported: optional(record),
  sources: optional(
    listOf(
      shape({
        source: required(name),
        coverage: required(oneOf(coverages)),
        threshold: optional(unit),
        detector: optional(name),
        primary_rule: optional(oneOf(primaryRules)),
        source_reported: optional(record),
      }),
      'sources, each with source and coverage',
      longestEvidence,
    ),
  ),
};

export const attackRunFields: FieldRules = {
  type: required(oneOf(['attack_run'])),
  id: optional(name),
  assessment: required(name),
  ...fieldsOf(runColumns),
  attack_name: required(name),
  compliance_tags: optional(tags),
  outcome: optional(oneOf(outcomes)),
  not_assessed_reason: optional(oneOf(notAssessedReasons)),
  best_score: optional(unit),
  best_candidate: optional(text),
  best_transformed_prompt: optional(text),
  best_response: optional(text),
  best_judge_reasoning: optional(text),
  source: optional(name),
};

export const trialFields: FieldRules = {
  type: required(oneOf(['trial'])),
  id: optional(name),
  assessment: optional(name),
  attack_run: required(name),
  ...fieldsOf(trialColumns),
  score: optional(unit),
  secondary_scores: optional(scores),
  secondary_verdicts: optional(mapOf(oneOf(outcomes), 'outcomes')),
  triggers: optional(listOf(text, 'texts', longestEvidence)),
  turns: optional(listOf(turn, 'turns with role and content', longestEvidence)),
};

/** First line of an export: what follows is told as it was kept, with the imports that it came by. */
export const exportFields: FieldRules = {
  type: required(oneOf(['export'])),
  version: required((value) => (value === 1 ? undefined : 'must be 1: a newer service wrote this export')),
};

export const sourceFields: FieldRules = {
  type: required(oneOf(['source'])),
  id: required(name),
  file_name: optional(fileName),
  sha256: required(hash),
  // Which formats there are, the reading is told.
  format: required(text),
  options: optional(mapOf(option, 'text, numbers, true or false')),
  options_hash: required(hash),
  bytes_read: optional(count),
  rows_read: optional(count),
  counts: optional(mapOf(count, 'whole numbers')),
  skipped_reasons: optional(mapOf(count, 'whole numbers')),
  warnings: optional(listOf(text, 'texts')),
  lacks: optional(listOf(hash, 'hashes', longestEvidence)),
  source_reported: optional(record),
  created_at: required(time),
  completed_at: required(time),
};

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
