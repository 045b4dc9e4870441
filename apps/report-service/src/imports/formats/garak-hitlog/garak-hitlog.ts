import { defaultSeverity, garakCategory, garakFamily } from '#domain';

import { hitCompliance } from './hit-compliance.ts';
import {
  attemptKey,
  detectorName,
  garakTransforms,
  messageText,
  promptText,
  turnsOf,
} from '../garak-report/garak-words.ts';
import { asList, asName, asNumber, asPrintedText, defined, type JsonRecord } from '../reading/json-value.ts';
import { looksLikeTargetError } from '../reading/judge-trial.ts';
import { readJsonLines, type JsonLine } from '../reading/read-json-lines.ts';
import { topLevelMembers } from '../reading/top-level-members.ts';
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
    category: garakCategory(probe),
    sub_category: garakFamily(probe),
    transforms: garakTransforms(probe, undefined, []),
    compliance: hitCompliance(garakFamily(probe)) ?? {},
    compliance_source: 'crosswalk',
    ...defined({
      goal: asName(row['goal']),
      default_severity: defaultSeverity('garak', probe),
      target_model: generator,
    }),
  });
  records.push(hitTrial(row, { assessment, run, line }, options));
  return records;
}

function hitTrial(
  row: JsonRecord,
  at: { assessment: string; run: string; line: number },
  options: ReadOptions,
): StagedTrial {
  const turns = turnsOf(row['prompt']);
  const response = messageText(row['output']);
  const triggers = asList(row['triggers']).flatMap((trigger) => asPrintedText(trigger) ?? []);
  const score = asNumber(row['score']);
  const detector = asName(row['detector']);
  const suspected = !options.keepSuspectedErrors && response !== undefined && looksLikeTargetError(response);
  return {
    kind: 'trial',
    assessment: at.assessment,
    run: at.run,
    trial: String(asNumber(row['attempt_idx']) ?? 0),
    row: at.line,
    rank: 0,
    source_ref: `line ${at.line}`,
    // Every line is a hit by garak's own verdict, whatever the score.
    ...(suspected
      ? { outcome: 'not_assessed', not_assessed_reason: 'suspected_target_error', suspected_target_error: true }
      : { outcome: 'succeeded' }),
    ...defined({
      score: score === undefined ? undefined : Math.min(1, Math.max(0, score)),
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
