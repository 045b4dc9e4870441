import { defaultSeverity, garakFamily, garakProbeTags, normaliseGarakTags } from '#domain';

import { EvaluationCheck } from './evaluation-check.ts';
import {
  attemptKey,
  detectorName,
  garakGoal,
  garakTransforms,
  messageText,
  promptText,
  turnsOf,
} from './garak-words.ts';
import { asList, asName, asNumber, asPrintedText, asRecord, defined, type JsonRecord } from '../reading/json-value.ts';
import { judgeTrial } from '../reading/judge-trial.ts';
import { listNames } from '../reading/list-names.ts';
import { readJsonLines, type JsonLine } from '../reading/read-json-lines.ts';
import { readTime } from '../reading/read-time.ts';
import { topLevelMembers } from '../reading/top-level-members.ts';
import { unitScore } from '../reading/unit-score.ts';
import { excerpt, warn } from '../reading/warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type {
  ImportFormat,
  ReadOptions,
  ReadTally,
  StagedAssessment,
  StagedRecord,
  StagedTrial,
} from '../staged-record.ts';

/** garak's `report.jsonl`: one line per event; an attempt is written when answered (status 1) and again when judged (2). */
export const garakReport: ImportFormat = {
  name: 'garak_report',
  accumulates: false,
  detect: (head) => topLevelMembers(head)?.keys.has('entry_type') === true,
  async *read(file, options, tally) {
    const reading = new GarakReading(options, tally);
    for await (const lines of readJsonLines(file, options, tally)) {
      const records = lines.flatMap((line) => reading.line(line));
      if (records.length > 0) yield records;
    }
    yield reading.end();
  },
};

/** Facts of set-up and init rows, until the first attempt fixes the key. */
interface Header {
  initRun?: string;
  transientRun?: string;
  rowRun?: string;
  targetType?: string;
  targetName?: string;
  startedAt?: string;
  threshold?: number;
  detectorSpec?: string;
  buffs: readonly string[];
  garakVersion?: string;
}

/** What is remembered of names, so that memory stays bounded. */
const rememberedNames = 10_000;
/** Further detectors of one exchange that are kept. */
const furtherJudges = 50;

class GarakReading {
  private header: Header = { buffs: [] };
  private key: string | undefined;
  private check: EvaluationCheck;
  private readonly primaries = new Set<string>();
  private readonly probes = new Set<string>();
  /** Probes whose tags the file itself tells, if only that there are none. */
  private readonly toldTags = new Set<string>();

  constructor(
    private readonly options: ReadOptions,
    private readonly tally: ReadTally,
  ) {
    this.check = new EvaluationCheck(tally);
  }

  line({ line, value }: JsonLine): StagedRecord[] {
    const type = asName(value['entry_type']);
    switch (type) {
      case 'start_run setup':
        return [...this.finishBefore(), ...this.readHeader(value)];
      case 'init':
        return this.readInit(value);
      case 'config':
        return this.readHeader(value);
      case 'attempt':
        return this.readAttempt(value, line);
      case 'eval':
        return this.readEvaluation(value);
      case 'completion':
      case 'completed':
        return this.readCompletion(value);
      case 'digest':
        return this.readDigest(value, line);
      default:
        warn(this.tally, `row type not known, ignored: ${excerpt(type ?? 'none')}`);
        return [];
    }
  }

  end(): StagedRecord[] {
    return [...this.openAssessment(), ...this.summary()];
  }

  /** A second set-up row starts another run: reports are sometimes concatenated. */
  private finishBefore(): StagedRecord[] {
    if (this.key === undefined) return [];
    const last = [...this.summary()];
    this.header = { buffs: [] };
    this.key = undefined;
    this.check = new EvaluationCheck(this.tally);
    this.primaries.clear();
    this.probes.clear();
    this.toldTags.clear();
    return last;
  }

  private readHeader(row: JsonRecord): StagedRecord[] {
    const time = row['transient.starttime_iso'] ?? row['start_time'];
    const buffs = row['plugins.buff_spec'];
    this.header = {
      ...this.header,
      ...defined({
        transientRun: asName(row['transient.run_id']),
        rowRun: asName(row['run_id']),
        targetType: asName(row['plugins.target_type'] ?? row['plugins.model_type']),
        targetName: asName(row['plugins.target_name'] ?? row['plugins.model_name']),
        threshold: asNumber(row['run.eval_threshold']),
        detectorSpec: asName(row['plugins.detector_spec']),
        garakVersion: asName(row['_config.version']),
        startedAt: readTime(time, this.tally),
      }),
    };
    // With the original prompts kept beside, only the attempt itself tells whether it was buffed.
    if (typeof buffs === 'string' && row['plugins.buffs_include_original_prompt'] !== true) {
      this.header.buffs = buffs
        .split(',')
        .map((buff) => buff.trim())
        .filter((buff) => buff !== '');
    }
    return this.key === undefined ? [] : [this.headerFacts(this.key)];
  }

  private readInit(row: JsonRecord): StagedRecord[] {
    const run = asName(row['run']);
    const before = this.key !== undefined && run !== undefined && run !== this.key ? this.finishBefore() : [];
    this.header = {
      ...this.header,
      ...defined({
        initRun: run,
        startedAt: readTime(row['start_time'], this.tally),
        garakVersion: asName(row['garak_version']),
      }),
    };
    return this.key === undefined ? before : [...before, this.headerFacts(this.key)];
  }

  /** Fixes the key and says what is known so far; nothing when that was done. */
  private openAssessment(): StagedAssessment[] {
    if (this.key !== undefined) return [];
    const { initRun, transientRun, rowRun } = this.header;
    this.key = initRun ?? transientRun ?? rowRun ?? this.options.fileSha256;
    return [this.headerFacts(this.key)];
  }

  private headerFacts(key: string): StagedAssessment {
    const { targetType, targetName, startedAt, garakVersion } = this.header;
    const target = [targetType, targetName].filter((part) => part !== undefined).join(' ');
    return {
      kind: 'assessment',
      key,
      name: this.options.name ?? `garak ${key.slice(0, 8)}`,
      coverage: 'full',
      score_meaning: 'graded',
      threshold: this.threshold,
      ...defined({
        target_model: this.options.targetModel ?? (target === '' ? undefined : target),
        started_at: startedAt,
        source_reported: garakVersion === undefined ? undefined : { garak_version: garakVersion },
      }),
    };
  }

  private get threshold(): number {
    return this.options.threshold ?? this.header.threshold ?? 0.5;
  }

  private readAttempt(row: JsonRecord, line: number): StagedRecord[] {
    const uuid = required(row, 'uuid', line);
    const probe = required(row, 'probe_classname', line);
    const outputs = asList(row['outputs']);
    const seq = asNumber(row['seq']) ?? 0;
    if (seq < 0 && outputs.length === 0) {
      // A report prints warnings: what a harness concludes over its attempts is in none of its numbers.
      warn(this.tally, `roll-up row of ${excerpt(probe)}, left out`);
      return [...this.openAssessment(), { kind: 'skipped', row: line, reason: 'roll-up row without outputs' }];
    }
    const opened = this.openAssessment();
    const assessment = this.key ?? '';
    if (this.probes.size < rememberedNames) this.probes.add(probe);
    const run = attemptKey(uuid, probe, seq);
    const rank = attemptStatus(row['status']);
    const notes = asRecord(row['notes']);
    const buffs = asName(notes?.['buff_creator']);
    const { goal, category } = garakGoal(row, probe);
    return [
      ...opened,
      {
        kind: 'run',
        assessment,
        run,
        row: line,
        rank,
        attack_name: probe,
        category,
        sub_category: garakFamily(probe),
        transforms: garakTransforms(probe, notes?.['augmentation'], buffs === undefined ? this.header.buffs : [buffs]),
        compliance: {},
        ...defined({
          goal,
          default_severity: defaultSeverity('garak', probe),
        }),
      },
      ...this.trials(row, { assessment, run, probe, line, rank, outputs, notes }),
    ];
  }

  private trials(row: JsonRecord, attempt: Attempt): StagedTrial[] {
    const { assessment, run, probe, line, rank, outputs, notes } = attempt;
    const scores = new Map(
      Object.entries(asRecord(row['detector_results']) ?? {}).map(([name, values]) => [
        detectorName(name),
        flattened(values, outputs, this.tally),
      ]),
    );
    const evaluated = rank >= 2;
    const primary = this.primaryDetector([...scores.keys()], evaluated);
    if (evaluated) this.check.count(probe, scores, this.header.threshold ?? 0.5);
    const sent = turnsOf(row['prompt'] ?? asList(row['conversations'])[0]);
    const original = promptText(turnsOf(notes?.['pre_translation_prompt']));
    const prompt = promptText(sent);
    return outputs.map((output, index) => {
      const response = messageText(output);
      const scored = unitScore(scores.get(primary ?? '')?.[index], this.tally);
      const rules = { ...this.options, threshold: this.threshold };
      const others = [...scores].filter(([name]) => name !== primary).slice(0, furtherJudges);
      const conversation = turnsOf(asList(row['conversations'])[index]);
      return {
        kind: 'trial',
        assessment,
        run,
        trial: String(index),
        row: line,
        rank,
        source_ref: `line ${line}, outputs/${index}`,
        ...judgeTrial({ score: scored.score, response, evaluated }, rules),
        ...scored,
        ...defined({
          detector: primary,
          secondary_scores:
            others.length > 0
              ? Object.fromEntries(others.map(([name, values]) => [name, onScale(values[index])]))
              : undefined,
          secondary_verdicts:
            others.length > 0
              ? Object.fromEntries(
                  others.map(([name, values]) => [
                    name,
                    judgeTrial({ score: values[index] ?? undefined, response, evaluated }, rules).outcome,
                  ]),
                )
              : undefined,
          original_prompt: original === prompt ? undefined : original,
          prompt,
          response,
          reasoning: printedNotes(notes),
          triggers: triggersOf(notes?.['triggers']),
          turns: conversation.length > 2 ? conversation : undefined,
        }),
      };
    });
  }

  /** Rule 3: the detector that the harness ran first, unless the caller names one. */
  private primaryDetector(names: readonly string[], evaluated: boolean): string | undefined {
    const wanted = this.options.detector === undefined ? undefined : detectorName(this.options.detector);
    const primary = wanted ?? names[0];
    if (primary === undefined) return undefined;
    if (evaluated && !names.includes(primary))
      warn(this.tally, `attempt without a score of detector ${excerpt(primary)}`);
    if (this.primaries.size < rememberedNames) this.primaries.add(primary);
    return primary;
  }

  private readEvaluation(row: JsonRecord): StagedRecord[] {
    const opened = this.openAssessment();
    const claim = this.check.compare(row);
    if (claim === undefined) return opened;
    return [...opened, { kind: 'assessment', key: this.key ?? '', source_reported: claim }];
  }

  private readCompletion(row: JsonRecord): StagedRecord[] {
    const completedAt = readTime(row['end_time'], this.tally);
    if (completedAt === undefined) return [];
    return [...this.openAssessment(), { kind: 'assessment', key: this.key ?? '', completed_at: completedAt }];
  }

  /** The digest knows what each probe is tagged with, and the DEFCON band of its pass rate (rules 8 and 9). */
  private readDigest(row: JsonRecord, line: number): StagedRecord[] {
    const records: StagedRecord[] = this.openAssessment();
    for (const group of Object.values(asRecord(row['eval']) ?? {})) {
      for (const [probe, entry] of Object.entries(asRecord(group) ?? {})) {
        const facts = asRecord(asRecord(entry)?.['_summary']) ?? asRecord(entry);
        if (probe === '_summary' || facts === undefined) continue;
        const tags = asList(facts['probe_tags']).filter((tag) => typeof tag === 'string');
        const grade = asNumber(facts['probe_severity']);
        const name = asName(facts['probe_name']) ?? probe;
        if (Array.isArray(facts['probe_tags'])) this.toldTags.add(name);
        records.push({
          kind: 'attack_facts',
          assessment: this.key ?? '',
          attack_name: name,
          row: line,
          compliance: normaliseGarakTags(tags),
          compliance_source: 'file',
          ...defined({ source_grade: grade === undefined ? undefined : `DEFCON ${grade}` }),
        });
      }
    }
    return records;
  }

  private *summary(): Generator<StagedRecord> {
    const listed = listNames([...this.primaries]);
    yield {
      kind: 'assessment',
      key: this.key ?? '',
      ...(listed === '' ? {} : { detector: listed, judge_model: listed }),
      ...(this.options.detector === undefined ? {} : { primary_rule: 'chosen_by_caller' }),
    };
    for (const probe of this.probes) {
      const tagged = this.toldTags.has(probe) ? undefined : garakProbeTags(probe, this.header.garakVersion);
      if (tagged === undefined) continue;
      yield {
        kind: 'attack_facts',
        assessment: this.key ?? '',
        attack_name: probe,
        row: 0,
        compliance: tagged.compliance,
        compliance_source: 'crosswalk',
        compliance_table: tagged.table,
      };
    }
  }
}

interface Attempt {
  readonly assessment: string;
  readonly run: string;
  readonly probe: string;
  readonly line: number;
  readonly rank: number;
  readonly outputs: readonly unknown[];
  readonly notes: JsonRecord | undefined;
}

/** 0 new, 1 answered, 2 judged; a row of a time before there was a status has been judged. */
function attemptStatus(status: unknown): number {
  return Math.min(2, Math.max(0, Math.trunc(asNumber(status) ?? 2)));
}

function required(row: JsonRecord, field: string, line: number): string {
  const value = asName(row[field]);
  if (value === undefined) {
    throw new InvalidImport([{ loc: ['line', line, field], msg: `The attempt has no ${field}.`, type: 'missing' }]);
  }
  return value;
}

/**
 * Scores of one detector, an output each. `[0, 1]` and `[[0, 1]]` both occur, in one file, and a bare number for one output.
 * Detectors leave out blank outputs: as many scores as outputs with text belong to those.
 */
function flattened(values: unknown, outputs: readonly unknown[], tally: ReadTally): readonly (number | null)[] {
  const scores = (isScore(values) && outputs.length === 1 ? [values] : asList(values)).flat().map((value: unknown) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    if (typeof value === 'string') warn(tally, 'a score that is text is no score');
    return asNumber(value) ?? null;
  });
  if (isScore(values) && outputs.length > 1)
    warn(tally, 'attempt with one score for several outputs; it is not counted');
  if (scores.length > outputs.length) {
    warn(tally, 'attempt with more scores than outputs; the surplus is not counted');
  }
  if (scores.length === 0 || scores.length >= outputs.length) return scores;
  warn(tally, 'attempt with fewer scores than outputs');
  const answered = outputs.map((output) => (messageText(output) ?? '').trim() !== '');
  if (answered.filter(Boolean).length !== scores.length) return scores;
  let next = 0;
  return answered.map((isAnswered) => (isAnswered ? (scores[next++] ?? null) : null));
}

const onScale = (score: number | null | undefined): number | null =>
  score === null || score === undefined ? null : Math.min(1, Math.max(0, score));

const isScore = (value: unknown): value is number | boolean => typeof value === 'number' || typeof value === 'boolean';

function triggersOf(value: unknown): readonly string[] | undefined {
  const triggers = asList(value).flatMap((trigger) => asPrintedText(trigger) ?? []);
  return triggers.length > 0 ? triggers : undefined;
}

const bookkeeping = new Set([
  'pre_translation_prompt',
  'stub',
  'triggers',
  'augmentation',
  'buff_creator',
  'buff_source_attempt_uuid',
  'buff_source_seq',
]);
const longestNotes = 2_000;

/** What probes and detectors noted about the attempt, as `name: value` lines; prompts that are shown anyway are left out. */
function printedNotes(notes: JsonRecord | undefined): string | undefined {
  const lines = Object.entries(notes ?? {}).flatMap(([name, value]) => {
    const printed = bookkeeping.has(name) ? undefined : asPrintedText(value);
    return printed === undefined || printed === '' ? [] : [`${name}: ${printed.slice(0, longestNotes)}`];
  });
  return lines.length > 0 ? lines.join('\n') : undefined;
}
