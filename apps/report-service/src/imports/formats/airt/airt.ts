import {
  assessmentColumns,
  columnNames,
  defaultSeverity,
  normaliseTags,
  type NotAssessedReason,
  runColumns,
  type SeveritySource,
  slugOf,
  type StoredColumns,
  trialColumns,
  uncategorised,
} from '#domain';

import {
  assessmentFields,
  attackRunFields,
  derivedFields,
  exportFields,
  sourceFields,
  trialFields,
  type FieldRules,
} from './airt-fields.ts';
import { ExportReading, type SourceLine } from './export-reading.ts';
import { type JsonRecord } from '../reading/json-value.ts';
import { kindOfAnswer } from '../reading/kind-of-answer.ts';
import { judgeTrial, type TrialJudgement } from '../reading/judge-trial.ts';
import { readJsonLines, type JsonLine } from '../reading/read-json-lines.ts';
import { readTime } from '../reading/read-time.ts';
import { topLevelMembers } from '../reading/top-level-members.ts';
import { excerpt, warn } from '../reading/warn.ts';
import { InvalidImport, type ImportProblem } from '../invalid-import.ts';
import type {
  ImportFormat,
  ReadOptions,
  ReadTally,
  StagedAssessment,
  StagedRecord,
  StagedRun,
  StagedTrial,
} from '../staged-record.ts';

/** Our own NDJSON, the lossless form of the model (docs/import-format.md). Strict: what it does not know it refuses. */
export const airt: ImportFormat = {
  name: 'airt',
  accumulates: true,
  detect(head) {
    const type = topLevelMembers(head)?.keys.get('type');
    return type !== undefined && Object.hasOwn(lineFields, type);
  },
  async *read(file, options, tally) {
    const reading = new AirtReading(options, tally);
    for await (const lines of readJsonLines(file, options, tally)) {
      const records = lines.flatMap((line) => reading.line(line));
      if (records.length > 0) yield records;
    }
  },
};

const lineFields: Readonly<Record<string, FieldRules>> = {
  assessment: assessmentFields,
  attack_run: attackRunFields,
  trial: trialFields,
  export: exportFields,
  source: sourceFields,
};

const defaultThreshold = 0.5;

interface StoredFact<Column extends string> {
  readonly column: Column;
  /** Its name in a line. */
  readonly field: string;
  readonly isTime: boolean;
}

/** What a line tells as it is kept. The columns named here are made of what it says. */
const assessmentFacts = factsOf(assessmentColumns);
const runFacts = factsOf(
  runColumns,
  'attack_name',
  'category',
  'transforms',
  'compliance',
  'severity',
  'severity_source',
  'default_severity',
);
const trialFacts = factsOf(trialColumns, 'outcome', 'not_assessed_reason', 'suspected_target_error', 'source_ref');

function factsOf<Columns extends StoredColumns, Made extends keyof Columns & string>(
  columns: Columns,
  ...made: readonly Made[]
): readonly StoredFact<Exclude<keyof Columns & string, Made>>[] {
  const names = columnNames(columns, ...made) as readonly Exclude<keyof Columns & string, Made>[];
  return names.map((column) => ({
    column,
    field: columns[column]?.field ?? column,
    isTime: columns[column]?.type === 'timestamptz',
  }));
}

class AirtReading {
  /** Name and id of each assessment to its key. Assessments are few; runs are not, and are not remembered. */
  private readonly assessments = new Map<string, { readonly key: string; readonly threshold: number }>();
  /** Reference of the last run line, which a trial without one of its own belongs to. */
  private lastAssessment: string | undefined;
  private readonly exported: ExportReading;

  constructor(
    private readonly options: ReadOptions,
    private readonly tally: ReadTally,
  ) {
    this.exported = new ExportReading(options.formats);
  }

  line({ line, value }: JsonLine): StagedRecord[] {
    const type = value['type'];
    if (typeof type !== 'string' || type === '') {
      throw new InvalidImport([{ loc: ['line', line, 'type'], msg: 'Each line must name its type.', type: 'missing' }]);
    }
    const rules = Object.hasOwn(lineFields, type) ? lineFields[type] : undefined;
    if (rules === undefined) {
      warn(this.tally, `row type not known, ignored: ${excerpt(type)}`);
      return [];
    }
    check(value, rules, line, this.exported.begun);
    if (type === 'export') return [this.exported.begin(line, this.assessments.size)];
    if (type === 'source') return [this.exported.source(value as unknown as SourceLine, line)];
    if (type === 'assessment') return [this.assessment(value as unknown as AssessmentLine, line)];
    if (type === 'attack_run') return this.attackRun(value as unknown as AttackRunLine, line);
    return [this.trial(value as unknown as TrialLine, line)];
  }

  private assessment(row: AssessmentLine, line: number): StagedAssessment {
    const key = row.id ?? row.name;
    const first = !this.assessments.has(key);
    const threshold =
      this.options.threshold ?? row.threshold ?? this.assessments.get(key)?.threshold ?? defaultThreshold;
    this.assessments.set(key, { key, threshold });
    this.assessments.set(row.name, { key, threshold });
    return {
      kind: 'assessment',
      key,
      ...this.told(row, assessmentFacts),
      name: row.name,
      threshold,
      ...given({
        // A line that adds facts later must not put a default in the place of what an earlier one said.
        coverage: row.coverage ?? (first ? 'full' : undefined),
        score_meaning: row.score_meaning ?? (first ? 'graded' : undefined),
        target_model: row.target_model ?? this.options.targetModel,
        detector: row.detector,
        primary_rule: row.primary_rule,
        source_reported: row.source_reported,
        sources: this.exported.sourcesOf(row.sources ?? null, line),
      }),
    };
  }

  private attackRun(row: AttackRunLine, line: number): StagedRecord[] {
    const assessment = this.assessmentOf(row.assessment, line);
    this.lastAssessment = row.assessment;
    const run = row.id ?? `line ${line}`;
    const category = slugOf(row.category ?? row.goal_category ?? '') || uncategorised;
    const { compliance, unknown } = normaliseTags(row.compliance_tags);
    for (const tag of unknown) warn(this.tally, `compliance tag of no known framework, left out: ${excerpt(tag)}`);
    const staged: StagedRun = {
      kind: 'run',
      ...this.told(row, runFacts),
      assessment: assessment.key,
      run,
      row: line,
      rank: 0,
      attack_name: row.attack_name,
      category,
      transforms: row.transforms_applied ?? [],
      compliance,
      ...given({
        compliance_source: row.compliance_source ?? (this.exported.begun ? undefined : 'file'),
        source_severity: (row.severity_source ?? 'source') === 'source' ? row.severity : undefined,
        human_severity: row.severity_source === 'human' ? row.severity : undefined,
        default_severity: row.default_severity ?? defaultSeverity('category', category),
        source: this.exported.sourceOf(row.source ?? null, line),
        ...this.exported.told(row),
      }),
    };
    if (this.exported.begun || !standsForATrial(row)) return [staged];
    const own: TrialLine = {
      attack_run: run,
      outcome: row.outcome,
      not_assessed_reason: row.not_assessed_reason,
      score: row.best_score,
      detector: row.evaluator_model,
      original_prompt: row.best_candidate,
      prompt: row.best_transformed_prompt,
      response: row.best_response,
      reasoning: row.best_judge_reasoning,
    };
    return [staged, { ...this.stagedTrial(own, { ...assessment, run, trial: 'best', line }), stands_in: true }];
  }

  private trial(row: TrialLine, line: number): StagedTrial {
    const reference = row.assessment ?? this.lastAssessment;
    if (reference === undefined) {
      const msg = 'No attack_run line comes before this trial, and it names no assessment.';
      throw new InvalidImport([{ loc: ['line', line, 'attack_run'], msg, type: 'unknown_reference' }]);
    }
    const assessment = this.assessmentOf(reference, line);
    return this.stagedTrial(row, { ...assessment, run: row.attack_run, trial: row.id ?? `line ${line}`, line });
  }

  private stagedTrial(row: TrialLine, at: TrialPlace): StagedTrial {
    return {
      kind: 'trial',
      ...this.told(row, trialFacts),
      assessment: at.key,
      run: at.run,
      trial: at.trial,
      row: at.line,
      rank: 0,
      source_ref: row.source_ref ?? `line ${at.line}`,
      ...this.judged(row, at.threshold),
    };
  }

  /** What a line says of these columns, as it says it. Null means absent in our format. */
  private told<Line, Fact extends keyof Line & string>(
    line: Line,
    facts: readonly StoredFact<Fact>[],
  ): { readonly [Column in Fact]?: NonNullable<Line[Column]> } {
    const told: Partial<Record<Fact, unknown>> = {};
    const fields = line as Readonly<Record<string, unknown>>;
    for (const { column, field, isTime } of facts) {
      const value = isTime ? readTime(fields[field], this.tally) : fields[field];
      if (value !== undefined && value !== null) told[column] = value;
    }
    return told as { readonly [Column in Fact]?: NonNullable<Line[Column]> };
  }

  /**
   * The line's own outcome stands, so that an export gives the same numbers again; without one the common rules hold.
   * An answer that is not in the file is not the same as an empty one: then the score alone decides.
   */
  private judged(row: TrialLine, threshold: number): TrialJudgement {
    if (row.outcome === 'not_assessed') {
      return {
        outcome: 'not_assessed',
        not_assessed_reason: row.not_assessed_reason ?? 'not_evaluated',
        ...(row.suspected_target_error === true ? { suspected_target_error: true } : {}),
      };
    }
    if (row.outcome === 'succeeded' || row.outcome === 'resisted')
      return { outcome: row.outcome, ...this.filterFlag(row) };
    if (row.not_assessed_reason !== undefined && row.not_assessed_reason !== null) {
      return { outcome: 'not_assessed', not_assessed_reason: row.not_assessed_reason };
    }
    const absent = row.response === undefined || row.response === null;
    return judgeTrial(
      { score: row.score ?? undefined, response: absent ? 'not recorded' : (row.response ?? undefined) },
      { threshold, keepSuspectedErrors: this.options.keepSuspectedErrors },
    );
  }

  /** What the line says, or else the answer itself; an export has said it. */
  private filterFlag({ blocked_by_filter, response }: TrialLine): Pick<StagedTrial, 'blocked_by_filter'> {
    const judged = this.exported.begun || this.options.keepSuspectedErrors || typeof response !== 'string';
    const blocked = blocked_by_filter ?? (!judged && kindOfAnswer(response) === 'filter');
    return blocked ? { blocked_by_filter: true } : {};
  }

  private assessmentOf(reference: string, line: number): { readonly key: string; readonly threshold: number } {
    const assessment = this.assessments.get(reference);
    if (assessment === undefined) {
      const msg = `No assessment line before this one has the name or id "${excerpt(reference)}".`;
      throw new InvalidImport([{ loc: ['line', line, 'assessment'], msg, type: 'unknown_reference' }]);
    }
    return assessment;
  }
}

interface TrialPlace {
  readonly key: string;
  readonly threshold: number;
  readonly run: string;
  readonly trial: string;
  readonly line: number;
}

const reportedProblems = 20;
const adversarialTypes: ReadonlySet<string> = new Set(['evasion', 'degradation', 'robust']);

function check(row: JsonRecord, rules: FieldRules, line: number, exported: boolean): void {
  const problems: ImportProblem[] = [];
  for (const [field, value] of Object.entries(row)) {
    const rule = Object.hasOwn(rules, field) ? rules[field] : undefined;
    if (rule === undefined) {
      const derived = rules === attackRunFields && derivedFields.has(field);
      const msg = derived
        ? `${field} is derived on import: leave it out.`
        : `The field ${excerpt(field)} is not known.`;
      problems.push({ loc: ['line', line, excerpt(field)], msg, type: 'unknown_field' });
    } else if (value !== null) {
      const fault = rule.check(value);
      if (fault !== undefined)
        problems.push({ loc: ['line', line, field], msg: `${field} ${fault}.`, type: 'type_error' });
    }
  }
  for (const field in rules) {
    if (rules[field]?.required === true && (row[field] === undefined || row[field] === null)) {
      problems.push({ loc: ['line', line, field], msg: `${field} is required.`, type: 'missing' });
    }
  }
  const type = row['finding_type'];
  const given = typeof type === 'string' && rules === attackRunFields;
  if (given && !exported && (row['attack_domain'] !== 'adversarial_ml' || !adversarialTypes.has(type))) {
    problems.push({
      loc: ['line', line, 'finding_type'],
      msg: 'finding_type is evasion, degradation or robust, for adversarial_ml runs alone; else it is derived.',
      type: 'type_error',
    });
  }
  if (problems.length > 0) throw new InvalidImport(problems.slice(0, reportedProblems));
}

/** A run line that tells an exchange: it counts as the run's one trial where no trial lines follow. */
function standsForATrial(row: AttackRunLine): boolean {
  return [row.outcome, row.best_score, row.best_response, row.best_transformed_prompt, row.best_candidate].some(
    (value) => value !== undefined && value !== null,
  );
}

/** Null means absent in our format. */
function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined | null> } {
  const present: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(members))
    if (value !== undefined && value !== null) present[field] = value;
  return present as { [K in keyof T]: Exclude<T[K], undefined | null> };
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined | null };

/** Lines after their check. */
type AssessmentLine = { readonly name: string } & Loose<
  Omit<StagedAssessment, 'kind' | 'key' | 'name'> & { id: string }
>;

type AttackRunLine = { readonly assessment: string; readonly attack_name: string } & Loose<
  Omit<StagedRun, 'kind' | 'assessment' | 'attack_name' | 'transforms' | 'compliance'> & {
    id: string;
    transforms_applied: readonly string[];
    compliance_tags: unknown;
    severity: NonNullable<StagedRun['source_severity']>;
    severity_source: SeveritySource;
    outcome: StagedTrial['outcome'];
    not_assessed_reason: NotAssessedReason;
    best_score: number;
    best_candidate: string;
    best_transformed_prompt: string;
    best_response: string;
    best_judge_reasoning: string;
  }
>;

type TrialLine = { readonly attack_run: string } & Loose<
  Omit<StagedTrial, 'kind' | 'run' | 'trial' | 'row' | 'rank' | 'stands_in'> & { id: string }
>;
