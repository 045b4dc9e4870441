import { createHash } from 'node:crypto';

import { complianceOfAttack, defaultSeverity, promptfooCategory, slugOf, type Turn, uncategorised } from '#domain';

import { type Assertions, readAssertions } from './promptfoo-assertions.ts';
import { basicStrategy, reversedScore, severityLabel, strategyTransforms, uncheckedRow } from './promptfoo-labels.ts';
import { promptfooTurns } from './promptfoo-turns.ts';
import { asName, asNumber, asPrintedText, asRecord, defined, type JsonRecord } from '../reading/json-value.ts';
import { judgeTrial, type TrialSigns } from '../reading/judge-trial.ts';
import { listNames } from '../reading/list-names.ts';
import {
  readJsonDocument,
  type DocumentChoice,
  type DocumentPart,
  type JsonPointer,
} from '../reading/read-json-document.ts';
import { readTime } from '../reading/read-time.ts';
import { topLevelMembers } from '../reading/top-level-members.ts';
import { warn } from '../reading/warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type { ImportFormat, ReadOptions, ReadTally, StagedAssessment, StagedRecord } from '../staged-record.ts';

/** promptfoo's results file (version 3): one document, `{evalId, results: {results: [...]}, config, metadata}`. */
export const promptfooJson: ImportFormat = {
  name: 'promptfoo_json',
  accumulates: true,
  detect(head) {
    const members = topLevelMembers(head);
    const results = members?.nested.get('results');
    return members?.keys.has('evalId') === true || results?.has('results') === true || results?.has('prompts') === true;
  },
  async *read(file, options, tally) {
    const reading = new PromptfooReading(file, options, tally);
    for await (const parts of readJsonDocument(file, wanted, options, tally)) {
      const records: StagedRecord[] = [];
      for (const part of parts) records.push(...(await reading.part(part)));
      if (records.length > 0) yield records;
    }
    yield reading.end();
  },
};

/** Results one by one, small facts whole, and so the tests of the configuration, which repeat the results. */
function wanted(pointer: JsonPointer): DocumentChoice {
  const [top, second] = pointer;
  if (pointer.length === 0) return 'enter';
  if (top === 'evalId' && pointer.length === 1) return 'take';
  if (top === 'results') {
    if (pointer.length === 1) return 'enter';
    if (second === 'results') return pointer.length === 2 ? 'enter' : 'take';
    return second === 'timestamp' || second === 'stats' || second === 'version' ? 'take' : 'check';
  }
  if (top === 'config') return pointer.length === 1 || (second === 'tests' && pointer.length === 2) ? 'enter' : 'take';
  return top === 'metadata' ? 'take' : 'check';
}

class PromptfooReading {
  private evalId: string | undefined;
  /** The evaluation in keys: its id, else the file's hash. */
  private evaluation: string | undefined;
  private description: string | undefined;
  private startedAt: string | undefined;
  private readonly claims: Record<string, unknown> = {};
  private readonly counted = { successes: 0, failures: 0, errors: 0 };
  private namesPlugin = false;
  /** By the key of their assessment. */
  private readonly assessments = new Map<string, EvaluatedTarget>();

  constructor(
    private readonly file: string,
    private readonly options: ReadOptions,
    private readonly tally: ReadTally,
  ) {}

  async part({ pointer, value, line }: DocumentPart): Promise<StagedRecord[]> {
    const [top, second, index] = pointer;
    if (top === 'results' && second === 'results' && typeof index === 'number') {
      this.evalId ??= this.evaluation === undefined ? await this.lateEvalId() : undefined;
      // Evaluations that were never saved have no id.
      this.evaluation ??= this.evalId ?? this.options.fileSha256;
      return this.result(value, index, line);
    }
    if (top === 'evalId') this.evalId ??= asName(value);
    else if (top === 'results' && second === 'timestamp') this.startedAt ??= readTime(value, this.tally);
    else if (top === 'results' && second === 'stats') this.claims['stats'] = statsOf(value);
    else if (top === 'results' && second === 'version' && value !== 3)
      warn(this.tally, 'results file of another version than 3');
    else if (top === 'config' && second === 'description') this.description ??= asName(value);
    else if (top === 'metadata') {
      const { evaluationCreatedAt, promptfooVersion } = asRecord(value) ?? {};
      this.startedAt ??= readTime(evaluationCreatedAt, this.tally);
      if (typeof promptfooVersion === 'string') this.claims['promptfoo_version'] = promptfooVersion;
    }
    return [];
  }

  end(): StagedRecord[] {
    if (this.assessments.size > 0 && !this.namesPlugin) {
      warn(
        this.tally,
        'plain_evaluation: no row names a red-team plugin; a failed check is counted as a success of the attack',
      );
    }
    this.compareStats();
    return [
      { kind: 'file', source_reported: this.claims },
      ...[...this.assessments].map(([key, target]) => this.assessment(key, target)),
    ];
  }

  /** The id stands after the results in some files: one more pass over the file finds it, at no memory. */
  private async lateEvalId(): Promise<string | undefined> {
    const scratch: ReadTally = { rows_read: 0, warnings: new Map() };
    let found: string | undefined;
    for await (const parts of readJsonDocument(this.file, wanted, this.options, scratch)) {
      for (const { pointer, value } of parts) if (pointer[0] === 'evalId') found ??= asName(value);
    }
    return found;
  }

  private result(value: unknown, index: number, line: number): StagedRecord[] {
    this.tally.rows_read += 1;
    const row = asRecord(value);
    if (row === undefined) throw fault(index, line, [], 'A result must be an object.', 'type_error');
    const provider = providerName(row['provider']);
    if (provider === undefined) throw fault(index, line, ['provider'], 'The result names no provider.', 'missing');
    if (typeof row['success'] !== 'boolean')
      throw fault(
        index,
        line,
        ['success'],
        'success must be true or false.',
        row['success'] === undefined ? 'missing' : 'type_error',
      );
    const assessment = `${this.evaluation ?? ''} ${provider}`;
    const known = this.assessments.get(assessment);
    const target = known ?? { provider, judges: new Set<string>(), joint: false };
    this.assessments.set(assessment, target);
    return [
      ...(known === undefined ? [this.assessment(assessment, target)] : []),
      ...this.runAndTrial(row, assessment, target, index),
    ];
  }

  private runAndTrial(row: JsonRecord, assessment: string, target: EvaluatedTarget, index: number): StagedRecord[] {
    const metadata = { ...asRecord(asRecord(row['testCase'])?.['metadata']), ...asRecord(row['metadata']) };
    const vars = asRecord(row['vars']) ?? {};
    const grading = asRecord(row['gradingResult']);
    const assertions = readAssertions(grading, asRecord(row['testCase'])?.['assert']);
    const named = asName(metadata['pluginId']);
    const plugin = named ?? assertions.plugin;
    const strategy = asName(metadata['strategyId']) ?? basicStrategy;
    const harm = asName(metadata['harmCategory']);
    if (plugin !== undefined) this.namesPlugin = true;
    const category = plugin === undefined && harm === undefined ? uncategorised : promptfooCategory(plugin, harm);
    const response = asRecord(row['response']);
    const answer = asPrintedText(response?.['output']);
    const signs = this.signs(row, assertions, response, answer);
    const judges = signs.failed === true || signs.evaluated === false ? [] : assertions.judges;
    noteJudges(target, judges);
    const told = asRecord(row['prompt']);
    const sent = asPrintedText(told?.['raw'] ?? told?.['display'] ?? row['prompt']);
    const lost =
      isPlaceholder(sent) && Object.keys(vars).length === 0 && asRecord(row['testCase'])?.['vars'] === undefined;
    const stripped = lost || (named === undefined && assertions.plugin !== undefined);
    const run = keyOf([
      asName(row['promptId']) ?? '',
      plugin ?? '',
      strategy,
      canonical(vars),
      // Texts apart are tests apart, also where neither an id nor variables tell them apart.
      sent ?? '',
      ...(stripped ? [asPrintedText(row['testIdx']) ?? String(index), asPrintedText(row['promptIdx']) ?? ''] : []),
    ]);
    const turns = promptfooTurns(response?.['metadata'], metadata);
    const prompt = wasSent(sent, vars) ? sent : lastSent(turns, response?.['metadata'], metadata);
    const transforms = strategyTransforms(strategy);
    // Without a strategy the variables are what the template was filled with: nothing was made into something else.
    const varsTell = transforms.length > 0 || prompt === undefined;
    const original = asPrintedText(metadata['originalText']) ?? (varsTell ? printedVars(vars) : undefined);
    return [
      {
        kind: 'run',
        assessment,
        run,
        row: index + 1,
        rank: 0,
        attack_name: strategy,
        category,
        transforms,
        compliance: complianceOfAttack(category, strategy),
        compliance_source: 'crosswalk',
        ...defined({
          goal: asName(metadata['goal']),
          sub_category: plugin === undefined ? harm : slugOf(plugin),
          risk_domain: plugin === undefined ? undefined : harm,
          source_severity: severityLabel(asName(metadata['severity'])),
          default_severity: defaultSeverity('promptfoo', plugin),
        }),
      },
      {
        kind: 'trial',
        assessment,
        run,
        trial: asName(row['id']) ?? String(index),
        row: index + 1,
        rank: 0,
        source_ref: `/results/results/${index}`,
        ...judgeTrial(signs, { ...this.options, threshold: this.options.threshold ?? 0.5 }),
        ...reversedScore(asNumber(row['score'])),
        ...defined({
          // One judge: each assertion alone is a condition of the row's verdict, never a second opinion on it.
          detector: nameOf(judges),
          original_prompt: original === prompt ? undefined : original,
          prompt,
          response: answer ?? (signs.failed === true ? asPrintedText(row['error']) : undefined),
          reasoning: asName(grading?.['reason']) ?? asName(row['error']),
          turns,
          execution_time_ms: asNumber(row['latencyMs']),
        }),
      },
    ];
  }

  /** failureReason 1 is a failed assertion, 2 an error. Older files lack it: an error without a grading is an error. */
  private signs(
    row: JsonRecord,
    assertions: Assertions,
    response: JsonRecord | undefined,
    answer: string | undefined,
  ): TrialSigns {
    const reason = row['failureReason'];
    const ungraded = asRecord(row['gradingResult']) === undefined;
    const failed = reason === 2 || (reason === undefined && asName(row['error']) !== undefined && ungraded);
    if (failed) this.counted.errors += 1;
    else if (row['success'] === true) this.counted.successes += 1;
    else this.counted.failures += 1;
    const graderFailed = !failed && row['success'] === false && assertions.graderFailed;
    if (assertions.none) warn(this.tally, uncheckedRow);
    if (graderFailed) warn(this.tally, 'the grader itself failed on the row: not assessed');
    return {
      verdict: row['success'] === true ? 'resisted' : 'succeeded',
      response: answer,
      failed,
      evaluated: !assertions.none && !graderFailed,
      filtered:
        response?.['finishReason'] === 'content_filter' || asRecord(response?.['guardrails'])?.['flagged'] === true,
    };
  }

  private compareStats(): void {
    const stats = asRecord(this.claims['stats']);
    for (const [name, count] of Object.entries(this.counted)) {
      const claimed = asNumber(stats?.[name]);
      if (claimed !== undefined && claimed !== count)
        warn(this.tally, `stats claim ${claimed} ${name}; the rows show ${count}`);
    }
  }

  private assessment(key: string, { provider, judges, joint }: EvaluatedTarget): StagedAssessment {
    const name = this.options.name ?? this.description ?? this.evalId ?? this.options.fileName ?? 'promptfoo';
    return {
      kind: 'assessment',
      key,
      name: `${name} (${provider})`,
      target_model: provider,
      coverage: 'full',
      score_meaning: 'ranking_only',
      ...defined({
        started_at: this.startedAt,
        detector: nameOf([...judges]),
        primary_rule: joint ? ('source_verdict' as const) : undefined,
      }),
    };
  }
}

/** What is known of one assessment before its last row. */
interface EvaluatedTarget {
  readonly provider: string;
  /** Kinds of assertion that judged any row, each once. */
  readonly judges: Set<string>;
  /** A row was judged by several at once: promptfoo's own verdict over all of them counts. */
  joint: boolean;
}

/** Kinds of assertion that are remembered of one target, so that memory stays bounded. */
const rememberedJudges = 1_000;

function noteJudges(target: EvaluatedTarget, judges: readonly string[]): void {
  if (judges.length > 1) target.joint = true;
  for (const judge of judges) if (target.judges.size < rememberedJudges) target.judges.add(judge);
}

const nameOf = (judges: readonly string[]): string | undefined => (judges.length > 0 ? listNames(judges) : undefined);

function fault(index: number, line: number, field: readonly string[], msg: string, type: string): InvalidImport {
  return new InvalidImport([{ loc: ['results', 'results', index, ...field, 'line', line], msg, type }]);
}

/** The label, where it is not blank, else the id; older files have the bare id. */
function providerName(provider: unknown): string | undefined {
  const { label, id } = asRecord(provider) ?? {};
  return asName(label) ?? asName(id) ?? asName(provider);
}

function statsOf(value: unknown): Record<string, unknown> {
  const { successes, failures, errors } = asRecord(value) ?? {};
  return { successes, failures, errors };
}

function keyOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** JSON with sorted keys, so that the order in which a file writes variables makes no difference. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const record = asRecord(value);
  if (record === undefined) return JSON.stringify(value);
  const members = Object.keys(record)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`);
  return `{${members.join(',')}}`;
}

const strippedPrompt = '[prompt stripped]';

/** What a stripped file has in the place of a prompt: a note, or the template before it was filled in. */
const isPlaceholder = (prompt: string | undefined): boolean =>
  prompt === undefined || prompt === strippedPrompt || prompt.includes('{{');

/** Bounded, so that a hostile text costs no more than its length. */
const placeholder = /\{\{-?\s{0,10}([\w.]{1,100})(?![\w.])[^{}]{0,500}\}\}/g;
const placeholdersLookedAt = 100;

/**
 * Nobody sent a template that was not filled in: it names a variable of the test, or is hardly more than placeholders.
 * Strategies of several turns leave it so, and send prompts of their own. An attack may hold braces itself: then a variable does.
 */
function wasSent(prompt: string | undefined, vars: JsonRecord): boolean {
  if (prompt === undefined || prompt === strippedPrompt) return false;
  const values = Object.values(vars).map(asPrintedText);
  let looked = 0;
  let open = 0;
  for (const [text, name] of prompt.matchAll(placeholder)) {
    if (++looked > placeholdersLookedAt) break;
    if (values.some((value) => value?.includes(text))) continue;
    if (Object.hasOwn(vars, name ?? '')) return false;
    open += text.length;
  }
  return prompt.trim().length >= 2 * open;
}

/** What the target got last: the last turn of the user, else what the strategy notes as its final prompt. */
function lastSent(turns: readonly Turn[] | undefined, ...places: readonly unknown[]): string | undefined {
  const final = places.flatMap((place) => asName(asRecord(place)?.['redteamFinalPrompt']) ?? [])[0];
  return turns?.findLast(({ role }) => role === 'user')?.content ?? final;
}

/** One variable is the prompt itself; several are named. */
function printedVars(vars: JsonRecord): string | undefined {
  const entries = Object.entries(vars).flatMap(([name, value]) => {
    const printed = asPrintedText(value);
    return printed === undefined ? [] : ([[name, printed]] as const);
  });
  const [first, ...others] = entries;
  if (first === undefined) return undefined;
  return others.length === 0 ? first[1] : entries.map(([name, printed]) => `${name}: ${printed}`).join('\n');
}
