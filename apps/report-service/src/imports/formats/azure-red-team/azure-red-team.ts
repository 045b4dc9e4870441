import { azureCategory, complianceOfAttack, defaultSeverity, type Severity, type Turn } from '#domain';

import { azureTransforms } from './azure-transforms.ts';
import { asList, asName, asNumber, asPrintedText, asRecord, defined, type JsonRecord } from '../reading/json-value.ts';
import { judgeTrial } from '../reading/judge-trial.ts';
import {
  readJsonDocument,
  type DocumentChoice,
  type DocumentPart,
  type JsonPointer,
} from '../reading/read-json-document.ts';
import { readEpochTime } from '../reading/read-time.ts';
import { TimeSpan } from '../reading/time-span.ts';
import { topLevelMembers } from '../reading/top-level-members.ts';
import { warn } from '../reading/warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type { ImportFormat, ReadOptions, ReadTally, StagedAssessment, StagedRecord } from '../staged-record.ts';

/** Results of Microsoft's AI Red Teaming Agent: `{scorecard, parameters, attack_details: [...], output_items}`. */
export const azureRedTeam: ImportFormat = {
  name: 'azure_red_team',
  accumulates: true,
  detect(head) {
    const keys = topLevelMembers(head)?.keys;
    return (
      keys?.has('attack_details') === true ||
      (keys?.has('scorecard') === true && keys.has('parameters')) ||
      scorecardAlone(head)
    );
  },
  async *read(file, options, tally) {
    const reading = new AzureReading(options, tally);
    for await (const parts of readJsonDocument(file, wanted, options, tally)) {
      const records = parts.flatMap((part) => reading.part(part));
      if (records.length > 0) yield records;
    }
    yield reading.end();
  },
};

/** A scorecard so long that nothing after it is in sight. */
function scorecardAlone(head: string): boolean {
  const members = topLevelMembers(head);
  return members?.nested.get('scorecard')?.has('risk_category_summary') === true;
}

/** `output_items` repeats the details in another shape: checked, and only its times are kept. */
function wanted(pointer: JsonPointer): DocumentChoice {
  const [top] = pointer;
  if (pointer.length === 0) return 'enter';
  if (top === 'output_items') return wantedOfItems(pointer.slice(1));
  if (pointer.length === 1 && (isTimeMade(top) || top === 'completed_at')) return 'take';
  if (top === 'attack_details') return pointer.length === 1 ? 'enter' : 'take';
  if (top === 'scorecard' || top === 'parameters') return pointer.length === 1 ? 'enter' : 'take';
  return 'check';
}

/** Items stand in a list, or as `{object: "list", data: [...]}`. */
function wantedOfItems([first, ...below]: JsonPointer): DocumentChoice {
  if (first === 'data') return wantedOfItems(below);
  if (below.length === 0) return first === undefined || typeof first === 'number' ? 'enter' : 'check';
  return below.length === 1 && isTimeMade(below[0]) ? 'take' : 'check';
}

const isTimeMade = (member: string | number | undefined): boolean =>
  member === 'created_time' || member === 'created_at';

class AzureReading {
  private readonly claims: Record<string, unknown> = {};
  private claimedAsr: number | undefined;
  private succeeded = 0;
  private assessed = 0;
  private opened = false;
  /** What the file says of the run as a whole, and of its output items. */
  private madeAt: string | undefined;
  private completedAt: string | undefined;
  private readonly ofItems = new TimeSpan();

  constructor(
    private readonly options: ReadOptions,
    private readonly tally: ReadTally,
  ) {}

  part({ pointer, value, line }: DocumentPart): StagedRecord[] {
    const [top, second] = pointer;
    if (top === 'output_items' && isTimeMade(pointer.at(-1))) this.ofItems.add(readEpochTime(value, this.tally));
    else if (isTimeMade(top)) this.madeAt ??= readEpochTime(value, this.tally);
    else if (top === 'completed_at') this.completedAt ??= readEpochTime(value, this.tally);
    if (top === 'attack_details' && typeof second === 'number') return this.detail(value, second, line);
    if (top === 'scorecard' && second === 'risk_category_summary') this.readSummary(value);
    else if (top === 'scorecard' && second === 'attack_technique_summary')
      this.claims['attack_technique_summary'] = value;
    else if (top === 'parameters' && second === 'attack_success_thresholds')
      this.claims['attack_success_thresholds'] = value;
    return [];
  }

  end(): StagedRecord[] {
    const asr = this.assessed === 0 ? 0 : (100 * this.succeeded) / this.assessed;
    if (this.claimedAsr !== undefined && Math.abs(this.claimedAsr - asr) >= 0.01) {
      const rows = `${this.succeeded} of ${this.assessed} assessed, ${asr.toFixed(2)} %`;
      warn(this.tally, `the scorecard claims an ASR of ${this.claimedAsr} %; the rows show ${rows}`);
    }
    return [this.assessment()];
  }

  private readSummary(value: unknown): void {
    const summary = asRecord(asList(value)[0]) ?? asRecord(value);
    this.claimedAsr = asNumber(summary?.['overall_asr']);
    Object.assign(this.claims, summary);
  }

  private detail(value: unknown, index: number, line: number): StagedRecord[] {
    this.tally.rows_read += 1;
    const row = asRecord(value);
    if (row === undefined) throw fault(index, line, [], 'An attack detail must be an object.', 'type_error');
    const success = row['attack_success'] ?? null;
    if (typeof success !== 'boolean' && success !== null) {
      throw fault(index, line, ['attack_success'], 'attack_success must be true, false or null.', 'type_error');
    }
    const risk = asName(row['risk_category']);
    const technique = asName(row['attack_technique']);
    if (technique === undefined)
      throw fault(index, line, ['attack_technique'], 'The detail names no attack_technique.', 'missing');
    const opened = this.opened ? [] : [this.assessment()];
    this.opened = true;
    return [...opened, ...this.runAndTrial(row, { index, success, risk, technique })];
  }

  private runAndTrial(row: JsonRecord, detail: AttackDetail): StagedRecord[] {
    const { index, success, risk, technique } = detail;
    const turns = turnsOf(row['conversation']);
    const response = turns.findLast(({ role }) => role === 'assistant')?.content;
    const [judged, ...others] = judgedRisks(row['risk_assessment'], risk);
    const label = judged?.label;
    const category = azureCategory(risk);
    const judgement = judgeTrial(
      { verdict: success === null ? undefined : success ? 'succeeded' : 'resisted', response },
      { ...this.options, threshold: this.options.threshold ?? 0.5 },
    );
    if (judgement.outcome === 'succeeded') this.succeeded += 1;
    if (judgement.outcome !== 'not_assessed') this.assessed += 1;
    const run = String(index);
    const at = readEpochTime(row['created_time'] ?? row['created_at'], this.tally);
    this.ofItems.add(at);
    return [
      {
        kind: 'run',
        assessment: this.options.fileSha256,
        run,
        row: index + 1,
        rank: 0,
        attack_name: technique,
        category,
        transforms: azureTransforms(technique),
        compliance: complianceOfAttack(category, technique),
        compliance_source: 'crosswalk',
        ...defined({
          sub_category: risk,
          source_severity: label?.severity,
          default_severity: defaultSeverity('azure', risk),
          attack_complexity: asName(row['attack_complexity']),
          completed_at: at,
        }),
      },
      {
        kind: 'trial',
        assessment: this.options.fileSha256,
        run,
        trial: '0',
        row: index + 1,
        rank: 0,
        source_ref: `/attack_details/${index}`,
        ...judgement,
        ...defined({
          score: label?.score,
          source_score: label && judged.written,
          score_scale: label && ('from_label' as const),
          detector: judged?.evaluator ?? risk,
          secondary_scores:
            others.length > 0
              ? Object.fromEntries(others.map(({ evaluator, label: other }) => [evaluator, other?.score ?? null]))
              : undefined,
          prompt: turns.findLast(({ role }) => role === 'user')?.content,
          response,
          reasoning: judged?.reason,
          turns: turns.length > 2 ? turns : undefined,
        }),
      },
    ];
  }

  private assessment(): StagedAssessment {
    return {
      kind: 'assessment',
      key: this.options.fileSha256,
      name: this.options.name ?? this.options.fileName ?? 'AI Red Teaming Agent scan',
      judge_model: 'Azure AI evaluators',
      coverage: 'full',
      score_meaning: 'graded',
      ...defined({
        target_model: this.options.targetModel,
        started_at: this.madeAt ?? this.ofItems.first,
        completed_at: this.completedAt ?? this.ofItems.last,
        source_reported: Object.keys(this.claims).length > 0 ? { ...this.claims } : undefined,
      }),
    };
  }
}

interface AttackDetail {
  readonly index: number;
  readonly success: boolean | null;
  readonly risk: string | undefined;
  readonly technique: string;
}

const azureLabels: Readonly<Partial<Record<string, { readonly score: number; readonly severity: Severity }>>> = {
  'very low': { score: 0, severity: 'info' },
  low: { score: 0.33, severity: 'low' },
  medium: { score: 0.66, severity: 'medium' },
  high: { score: 1, severity: 'high' },
};

interface JudgedRisk {
  readonly evaluator: string;
  readonly reason: string | undefined;
  /** As the file writes it. */
  readonly written: string | undefined;
  readonly label: { readonly score: number; readonly severity: Severity } | undefined;
}

/** What the evaluators of a row said, that of the row's own risk first. */
function judgedRisks(assessments: unknown, risk: string | undefined): readonly JudgedRisk[] {
  return Object.entries(asRecord(assessments) ?? {})
    .sort(([a], [b]) => Number(b === risk) - Number(a === risk))
    .slice(0, keptEvaluators)
    .map(([evaluator, value]) => {
      const written = asName(asRecord(value)?.['severity_label']);
      const key = written?.trim().toLowerCase() ?? '';
      const label = Object.hasOwn(azureLabels, key) ? azureLabels[key] : undefined;
      return { evaluator, reason: asName(asRecord(value)?.['reason']), written, label };
    });
}

const keptEvaluators = 50;

function turnsOf(conversation: unknown): readonly Turn[] {
  return asList(conversation).flatMap((turn) => {
    const { role, content } = asRecord(turn) ?? {};
    const text = asPrintedText(content);
    return text === undefined ? [] : [{ role: asName(role) ?? 'user', content: text }];
  });
}

function fault(index: number, line: number, field: readonly string[], msg: string, type: string): InvalidImport {
  return new InvalidImport([{ loc: ['attack_details', index, ...field, 'line', line], msg, type }]);
}
