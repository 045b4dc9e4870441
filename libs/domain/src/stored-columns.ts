import {
  assessmentStatuses,
  attackDomains,
  complianceSources,
  findingStatuses,
  findingTypes,
  notAssessedReasons,
  type Outcome,
  outcomes,
  scoreMeanings,
  scoreScales,
  severities,
  severitySources,
} from './vocabulary.ts';

/** What PostgreSQL keeps a value as. It decides how the value is copied, checked and written to Parquet. */
export type ColumnType = 'text' | 'text[]' | 'uuid' | 'boolean' | 'double precision' | 'timestamptz' | 'jsonb';

export interface StoredColumn {
  readonly type: ColumnType;
  /** A text that stands in tables and is compared, so it is short. */
  readonly isName?: true;
  /** Written by somebody in their own words: a prompt, an answer, a reason. Withheld from a redacted file. */
  readonly freeForm?: true;
  /** The only values there are. */
  readonly words?: readonly string[];
  /** Its name in our own NDJSON and in Parquet, where that is another. */
  readonly field?: string;
}

/** The longest value of a column, in characters, so that every row can be listed, exported and printed. */
export const storedLimits = {
  /** Prompts, answers, reasoning, triggers, and the turns of a conversation. */
  evidence: 4 * 1024 ** 2,
  /** Any other text: goals, notes, descriptions. */
  text: 100_000,
  /** Configurations, manifests and other JSON. */
  json: 256 * 1024,
  /** JSON of all assessments of one file, which is held in memory. */
  jsonOfFile: 32 * 1024 ** 2,
} as const;

export type StoredColumns = Readonly<Record<string, StoredColumn>>;

interface Json<Value> {
  readonly type: 'jsonb';
  /** Of the type alone: what the JSON is. */
  readonly holds?: Value;
}

const text = { type: 'text' } as const;
const name = { type: 'text', isName: true } as const;
const ownWords = { type: 'text', freeForm: true } as const;
const flag = { type: 'boolean' } as const;
const measure = { type: 'double precision' } as const;
const time = { type: 'timestamptz' } as const;
const uuid = { type: 'uuid' } as const;
const oneOf = <Word extends string>(words: readonly Word[]) => ({ type: 'text', words }) as const;
const json: Json<unknown> = { type: 'jsonb' };

/*
 * The columns of assessments, attack runs and trials that a file can tell, in the order of an exported line. What a new one
 * needs beside its line here is a migration: staging, import, export and Parquet go by these lists.
 */

export const assessmentColumns = {
  name,
  description: text,
  status: oneOf(assessmentStatuses),
  target_model: name,
  attacker_model: name,
  judge_model: name,
  target_config: json as Json<object>,
  attacker_config: json as Json<object>,
  attack_manifest: json,
  severity_policy: json as Json<object>,
  /** Where it ran, as whoever made it names that. */
  runtime_id: uuid,
  session_id: uuid,
  workflow_run_id: text,
  workflow_script: text,
  started_at: time,
  completed_at: time,
  created_at: time,
} satisfies StoredColumns;

export const runColumns = {
  attack_name: name,
  attack_domain: oneOf(attackDomains),
  adversarial_class: name,
  attacker_model: name,
  evaluator_model: name,
  target_model: name,
  goal: ownWords,
  goal_category: name,
  /** Slug; `uncategorised` when the source names none. */
  category: name,
  sub_category: name,
  risk_domain: name,
  transforms: { type: 'text[]', field: 'transforms_applied' },
  /** Framework key to item ids, normalised by the crosswalk: `{ "owasp_llm_top_10": ["LLM01"] }`. */
  compliance: { ...(json as Json<Readonly<Record<string, readonly string[]>>>), field: 'compliance_tags' },
  finding_type: oneOf(findingTypes),
  finding_status: oneOf(findingStatuses),
  severity: oneOf(severities),
  severity_source: oneOf(severitySources),
  /** From the default table of the category; none when it has no entry. */
  default_severity: oneOf(severities),
  /** Grade of another meaning than severity (a garak DEFCON band). */
  source_grade: name,
  attack_complexity: name,
  distance_norm: name,
  distance_value: measure,
  execution_time_s: measure,
  notes: ownWords,
  /** Where the run stood in its first file; else that of its best trial. */
  source_ref: text,
  completed_at: time,
  created_at: time,
  /** Where the tags come from; none without a tag. */
  compliance_source: oneOf(complianceSources),
  /** Of tags by a tool's own table, not ours: `garak 0.14.1`. */
  compliance_table: name,
  score_meaning: oneOf(scoreMeanings),
} satisfies StoredColumns;

export const trialColumns = {
  outcome: oneOf(outcomes),
  not_assessed_reason: oneOf(notAssessedReasons),
  suspected_target_error: flag,
  score: measure,
  detector: name,
  secondary_scores: json as Json<Readonly<Record<string, number | null>>>,
  /** Prompt before the transform, and as sent. */
  original_prompt: ownWords,
  prompt: ownWords,
  response: ownWords,
  reasoning: ownWords,
  /** Words or spans that the judge named as the reason of its score. */
  triggers: { type: 'text[]', freeForm: true },
  turns: { ...(json as Json<readonly Turn[]>), freeForm: true },
  execution_time_ms: measure,
  /** Where the row stands in the file: `line 7`, `/results/results/3`, `record 12`. */
  source_ref: text,
  /** What each other judge of the file said, by its name. `detector` names the one that decided. */
  secondary_verdicts: json as Json<Readonly<Record<string, Outcome>>>,
  /** The score as the file writes it and how `score` came of it; none where `score` is the file's own number. */
  source_score: name,
  score_scale: oneOf(scoreScales),
  /** A content filter before the target gave the answer. */
  blocked_by_filter: flag,
} satisfies StoredColumns;

/** One message of a conversation. */
export interface Turn {
  readonly role: string;
  readonly content: string;
}

interface ValueOfType {
  readonly text: string;
  readonly 'text[]': readonly string[];
  readonly uuid: string;
  readonly boolean: boolean;
  readonly 'double precision': number;
  /** ISO 8601. */
  readonly timestamptz: string;
  readonly jsonb: unknown;
}

type ValueOf<Column extends StoredColumn> = Column extends { readonly words: readonly (infer Word)[] }
  ? Word
  : Column extends { readonly holds?: infer Value }
    ? Value
    : ValueOfType[Column['type']];

/** What somebody says of some columns. */
export type Told<Columns extends StoredColumns> = { readonly [Name in keyof Columns]?: ValueOf<Columns[Name]> };

/** Names of the columns in their order, but those given. */
export const columnNames = <Columns extends StoredColumns>(
  columns: Columns,
  ...but: readonly (keyof Columns & string)[]
): readonly (keyof Columns & string)[] => Object.keys(columns).filter((column) => !but.includes(column));

/** Columns of an assessment where the last import that says something has its way, until it is deleted. */
export const assessmentFacts = columnNames(assessmentColumns, 'name', 'status', 'created_at');
