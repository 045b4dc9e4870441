import { runColumns, type StoredColumns, trialColumns } from '#domain';
import type { StagedRun, StagedTrial } from '../formats/staged-record.ts';
import { type CopyColumns, lineWriter } from './copy-text.ts';

/** Of a run as it is staged: where it belongs, what its file tells, and the severities that one is chosen from. */
export const stagedRunColumns = {
  assessment: 'text',
  run: 'text',
  row: 'integer',
  rank: 'integer',
  ...typesOf(runColumns, 'severity', 'severity_source'),
  source_severity: 'text',
  human_severity: 'text',
  source: 'text',
  told_severity: 'text',
  told_severity_source: 'text',
  told_finding_type: 'text',
} satisfies Partial<CopyColumns<keyof StagedRun>>;

export const stagedTrialColumns = {
  assessment: 'text',
  run: 'text',
  trial: 'text',
  row: 'integer',
  rank: 'integer',
  stands_in: 'boolean',
  ...typesOf(trialColumns),
} satisfies Partial<CopyColumns<keyof StagedTrial>>;

export const runLine: (run: StagedRun) => string = lineWriter(stagedRunColumns);
export const trialLine: (trial: StagedTrial) => string = lineWriter(stagedTrialColumns);

function typesOf(columns: StoredColumns, ...but: readonly string[]): CopyColumns {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, { type }]) => (but.includes(column) ? [] : [[column, type]])),
  );
}
