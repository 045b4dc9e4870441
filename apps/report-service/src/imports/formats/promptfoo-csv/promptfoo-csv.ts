import { complianceOfAttack, defaultSeverity, promptfooCategory, slugOf } from '#domain';

import { readCsvRecords, type CsvRecord } from './read-csv-records.ts';
import { basicStrategy, reversedScore, strategyTransforms, uncheckedRow } from '../promptfoo-json/promptfoo-labels.ts';
import { defined } from '../reading/json-value.ts';
import { judgeTrial } from '../reading/judge-trial.ts';
import { readTime } from '../reading/read-time.ts';
import { TimeSpan } from '../reading/time-span.ts';
import { excerpt, warn } from '../reading/warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type { ImportFormat, ReadOptions, ReadTally, StagedAssessment, StagedRecord } from '../staged-record.ts';

/** The CSV of promptfoo's red-team report: a record per test, judged in the column `Pass`. */
export const promptfooCsv: ImportFormat = {
  name: 'promptfoo_csv',
  accumulates: true,
  detect(head) {
    const columns = (head.trimStart().split(/\r?\n/, 1)[0] ?? '')
      .split(',')
      .map((column) => column.trim().replace(/^"|"$/g, ''));
    return (
      ['Strategy', 'Pass'].every((column) => columns.includes(column)) &&
      ['Plugin', 'Category'].some((column) => columns.includes(column))
    );
  },
  async *read(file, options, tally) {
    const reading = new CsvReading(options, tally);
    for await (const records of readCsvRecords(file, requiredColumns, options, tally)) {
      yield records.flatMap((record) => reading.record(record));
    }
    yield reading.end();
  },
};

const requiredColumns = ['Strategy', 'Prompt', 'Response', 'Pass'] as const;

/** `Pass (1)`, `Fail (0)`, `Error (0)`; the number stands here even where the column `Score` is empty. */
const verdict = /^\s*(pass|fail|error)\w*\s*(?:\(\s*(-?\d+(?:\.\d+)?)\s*\))?\s*$/i;

class CsvReading {
  /** Target to the span of its rows' times. Two targets are two assessments. */
  private readonly targets = new Map<string, TimeSpan>();

  constructor(
    private readonly options: ReadOptions,
    private readonly tally: ReadTally,
  ) {}

  record({ record, line, fields }: CsvRecord): StagedRecord[] {
    const [, word, bracketed] = verdict.exec(fields['Pass'] ?? '') ?? [];
    if (word === undefined) {
      const msg = `Pass must read like "Pass (1)" or "Fail (0)", not "${excerpt(fields['Pass'] ?? '', 40)}".`;
      throw new InvalidImport([{ loc: ['line', line, 'Pass'], msg, type: 'value_error' }]);
    }
    const target = this.options.targetModel ?? (fields['Target']?.trim() || 'target not named');
    const assessment = this.key(target);
    const known = this.targets.get(target);
    const span = known ?? new TimeSpan();
    this.targets.set(target, span);
    const at = readTime(fields['Timestamp']?.trim(), this.tally);
    span.add(at);
    // Older reports call the plugin's column Category.
    const plugin = (fields['Plugin'] ?? fields['Category'])?.trim() || undefined;
    const strategy = fields['Strategy']?.trim() || basicStrategy;
    const category = promptfooCategory(plugin);
    const run = fields['Test ID']?.trim() || `record ${record}`;
    const unchecked = /^\s*no assertions?\b/i.test(fields['Reason'] ?? '');
    if (unchecked) warn(this.tally, uncheckedRow);
    return [
      ...(known === undefined ? [this.assessment(target)] : []),
      {
        kind: 'run',
        assessment,
        run,
        row: record,
        rank: 0,
        attack_name: strategy,
        category,
        transforms: strategyTransforms(strategy),
        compliance: complianceOfAttack(category, strategy),
        compliance_source: 'crosswalk',
        ...defined({
          sub_category: plugin === undefined ? undefined : slugOf(plugin),
          default_severity: defaultSeverity('promptfoo', plugin),
          completed_at: at,
        }),
      },
      {
        kind: 'trial',
        assessment,
        run,
        // One trial a test: a second record of a test is folded, not counted as another exchange.
        trial: '0',
        row: record,
        rank: 0,
        source_ref: `record ${record}`,
        ...judgeTrial(
          {
            verdict: /^p/i.test(word) ? 'resisted' : 'succeeded',
            response: fields['Response'],
            failed: /^e/i.test(word),
            evaluated: !unchecked,
          },
          { ...this.options, threshold: this.options.threshold ?? 0.5 },
        ),
        ...scoreOf(fields, word, bracketed),
        ...defined({
          prompt: fields['Prompt'],
          response: fields['Response'] || undefined,
          reasoning: fields['Reason'] || undefined,
        }),
      },
    ];
  }

  end(): StagedAssessment[] {
    if (this.targets.size === 0) warn(this.tally, 'the file holds no records');
    return [...this.targets].map(([target, { first, last }]) => ({
      ...this.assessment(target),
      ...defined({ started_at: first, completed_at: last }),
    }));
  }

  private key(target: string): string {
    return `${this.options.fileSha256} ${target}`;
  }

  private assessment(target: string): StagedAssessment {
    return {
      kind: 'assessment',
      key: this.key(target),
      name: `${this.options.name ?? this.options.fileName ?? 'promptfoo red team'} (${target})`,
      target_model: target,
      coverage: 'full',
      score_meaning: 'ranking_only',
    };
  }
}

/** The column Score where it has a number; else what the label of the verdict says. An error graded nothing. */
function scoreOf(
  fields: CsvRecord['fields'],
  word: string,
  bracketed: string | undefined,
): ReturnType<typeof reversedScore> {
  const written = numeric(fields['Score']);
  if (written !== undefined) return reversedScore(written, fields['Score']);
  const { score } = reversedScore(/^e/i.test(word) ? undefined : numeric(bracketed));
  return score === undefined ? {} : { score, source_score: fields['Pass']?.trim() ?? '', score_scale: 'from_label' };
}

function numeric(text: string | undefined): number | undefined {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
