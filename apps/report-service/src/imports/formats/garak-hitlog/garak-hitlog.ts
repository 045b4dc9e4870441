import { defaultSeverity, garakFamily, garakProbeTags } from '#domain';

import {
  attemptKey,
  detectorName,
  garakGoal,
  garakTransforms,
  messageText,
  promptText,
  turnsOf,
} from '../garak-report/garak-words.ts';
import { asList, asName, asNumber, asPrintedText, defined, type JsonRecord } from '../reading/json-value.ts';
import { judgeTrial } from '../reading/judge-trial.ts';
import { readJsonLines, type JsonLine } from '../reading/read-json-lines.ts';
import { topLevelMembers } from '../reading/top-level-members.ts';
import { unitScore } from '../reading/unit-score.ts';
import { excerpt, warn } from '../reading/warn.ts';
import { InvalidImport } from '../invalid-import.ts';
import type { ImportFormat, ReadOptions, ReadTally, StagedRecord, StagedTrial } from '../staged-record.ts';

/** garak's `hitlog.jsonl`: a line per hit. Without its report there is no denominator, hence `hits_only`. */
export const garakHitlog: ImportFormat = {
  name: 'garak_hitlog',
  accumulates: true,
  detect(head) {
    const { keys, cut } = topLevelMembers(head) ?? { keys: new Map<string, string>(), cut: false };
    if (keys.has('entry_type') || keys.has('type')) return false;
    const named = keys.has('probe') && keys.has('detector');
    // A long prompt or output can push the other fields out of sight.
    return named || (cut && keys.has('goal') && keys.has('prompt') && (keys.has('output') || keys.size === 2));
  },
  async *read(file, options, tally) {
    const assessments = new Set<string>();
    for await (const lines of readJsonLines(file, options, tally)) {
      yield lines.flatMap((line) => hit(line, options, tally, assessments));
    }
  },
};

function hit(
  { line, value: row }: JsonLine,
  options: ReadOptions,
  tally: ReadTally,
  assessments: Set<string>,
): StagedRecord[] {
  if (row['entry_type'] !== undefined) {
    warn(tally, `row type not known, ignored: ${excerpt(asPrintedText(row['entry_type']) ?? '')}`);
    return [];
  }
  const probe = required(row, 'probe', line);
  const attempt = required(row, 'attempt_id', line);
  const assessment = asName(row['run_id']) ?? options.fileSha256;
  const run = attemptKey(attempt, probe, asNumber(row['attempt_seq']) ?? 0);
  const generator = asName(row['generator']);
  const { goal, category } = garakGoal(row, probe);
  // A line names no release of garak: its newest table.
  const tagged = garakProbeTags(probe);
  const records: StagedRecord[] = [];
  if (!assessments.has(assessment)) {
    assessments.add(assessment);
    records.push({
      kind: 'assessment',
      key: assessment,
      name: options.name ?? `garak ${assessment.slice(0, 8)}`,
      coverage: 'hits_only',
      score_meaning: 'graded',
      ...defined({ target_model: options.targetModel ?? generator }),
    });
  }
  records.push({
    kind: 'run',
    assessment,
    run,
    row: line,
    rank: 0,
    attack_name: probe,
    category,
    sub_category: garakFamily(probe),
    transforms: garakTransforms(probe, undefined, []),
    compliance: tagged?.compliance ?? {},
    compliance_source: 'crosswalk',
    ...defined({
      goal,
      default_severity: defaultSeverity('garak', probe),
      target_model: generator,
      compliance_table: tagged?.table,
    }),
  });
  records.push(hitTrial(row, { assessment, run, line }, options, tally));
  return records;
}

function hitTrial(
  row: JsonRecord,
  at: { assessment: string; run: string; line: number },
  options: ReadOptions,
  tally: ReadTally,
): StagedTrial {
  const turns = turnsOf(row['prompt']);
  const response = messageText(row['output']);
  const triggers = asList(row['triggers']).flatMap((trigger) => asPrintedText(trigger) ?? []);
  const score = unitScore(asNumber(row['score']), tally);
  const detector = asName(row['detector']);
  const attempt = asNumber(row['attempt_idx']) ?? 0;
  // Every line is a hit by garak's own verdict, whatever the score.
  const judgement = judgeTrial({ verdict: 'succeeded', response }, { ...options, threshold: 0.5 });
  if (judgement.not_assessed_reason === 'empty_answer') warn(tally, 'a hit on a blank answer is not assessed');
  return {
    kind: 'trial',
    assessment: at.assessment,
    run: at.run,
    trial: String(attempt),
    row: at.line,
    rank: 0,
    // The number that garak gave the try: the tries before it failed, and are not in the file.
    source_ref: `line ${at.line}, attempt_idx ${attempt}`,
    ...judgement,
    ...score,
    ...defined({
      detector: detector === undefined ? undefined : detectorName(detector),
      prompt: promptText(turns),
      response,
      reasoning: asPrintedText(row['notes']),
      triggers: triggers.length > 0 ? triggers : undefined,
      turns: turns.length > 1 ? turns : undefined,
    }),
  };
}

function required(row: JsonRecord, field: string, line: number): string {
  const value = asName(row[field]);
  if (value === undefined) {
    throw new InvalidImport([{ loc: ['line', line, field], msg: `The hit has no ${field}.`, type: 'missing' }]);
  }
  return value;
}
