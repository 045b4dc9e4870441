import type { Outcome, Severity } from '#domain';

import type { StagedAssessment, StagedAttackFacts, StagedRecord, StagedRun, StagedTrial } from '../staged-record.ts';

export interface FoldedRun extends StagedRun {
  readonly trials: readonly StagedTrial[];
  readonly outcome: Outcome;
  readonly bestScore: number | null;
  readonly severity: Severity | null;
  readonly severityFrom: 'source' | 'band' | 'default' | 'fallback' | null;
}

export interface FoldedImport {
  readonly assessments: ReadonlyMap<string, StagedAssessment>;
  readonly runs: readonly FoldedRun[];
  readonly attackFacts: readonly StagedAttackFacts[];
  readonly claims: Readonly<Record<string, unknown>>;
  readonly trials: number;
  readonly folded: number;
  readonly skipped: number;
  readonly succeeded: number;
  readonly resisted: number;
  readonly notAssessed: number;
}

/** The rules that finalising applies in SQL, small enough to be read: what a reader yields must fold to the truth. */
export function foldRecords(records: readonly StagedRecord[], accumulates: boolean): FoldedImport {
  const assessments = new Map<string, StagedAssessment>();
  const versions = new Map<string, StagedRun[]>();
  const trials = new Map<string, StagedTrial[]>();
  const attackFacts: StagedAttackFacts[] = [];
  let skipped = 0;
  let claims: Readonly<Record<string, unknown>> = {};
  for (const record of records) {
    if (record.kind === 'assessment')
      assessments.set(record.key, { ...assessments.get(record.key), ...record, ...merged(assessments, record) });
    else if (record.kind === 'run') push(versions, runKey(record), record);
    else if (record.kind === 'trial') push(trials, runKey(record), record);
    else if (record.kind === 'attack_facts') attackFacts.push(record);
    else if (record.kind === 'file') claims = { ...claims, ...record.source_reported };
    else skipped += 1;
  }
  let folded = 0;
  const runs: FoldedRun[] = [];
  const graded = gradedJudges([...trials.values()].flat());
  for (const [key, candidates] of versions) {
    // Where versions accumulate, the first line tells the run; where they replace one another, the last.
    const later = (best: StagedRun, next: StagedRun): boolean =>
      accumulates ? next.row < best.row : next.row >= best.row;
    const winner = candidates.reduce((best, next) =>
      next.rank > best.rank || (next.rank === best.rank && later(best, next)) ? next : best,
    );
    const own = (trials.get(key) ?? []).filter((trial) =>
      accumulates ? trial.rank === winner.rank : trial.rank === winner.rank && trial.row === winner.row,
    );
    const kept = new Map<string, StagedTrial>();
    for (const trial of own) {
      if (trial.stands_in === true && own.some((other) => other.stands_in !== true)) continue;
      if (!kept.has(trial.trial)) kept.set(trial.trial, trial);
    }
    // A row that brought no trial of its own was merged into the run.
    const rows = new Set(candidates.map(({ row }) => row));
    const adding = new Set([...kept.values()].map(({ row }) => row));
    folded += Math.max(0, [...rows].filter((row) => !adding.has(row)).length - (kept.size === 0 ? 1 : 0));
    runs.push(judged(winner, [...kept.values()], graded, assessments.get(winner.assessment)));
  }
  const count = (outcome: Outcome): number => runs.filter((run) => run.outcome === outcome).length;
  return {
    assessments,
    runs,
    attackFacts,
    claims,
    trials: runs.reduce((sum, run) => sum + run.trials.length, 0),
    folded,
    skipped,
    succeeded: count('succeeded'),
    resisted: count('resisted'),
    notAssessed: count('not_assessed'),
  };
}

function merged(
  known: ReadonlyMap<string, StagedAssessment>,
  record: StagedAssessment,
): Pick<StagedAssessment, 'source_reported'> {
  const before = known.get(record.key)?.source_reported;
  if (before === undefined && record.source_reported === undefined) return {};
  return { source_reported: { ...before, ...record.source_reported } };
}

function judged(
  run: StagedRun,
  trials: readonly StagedTrial[],
  graded: ReadonlySet<string>,
  assessment: StagedAssessment | undefined,
): FoldedRun {
  const outcome =
    (['succeeded', 'resisted'] as const).find((each) => trials.some((trial) => trial.outcome === each)) ??
    'not_assessed';
  const candidates = trials.filter((trial) => trial.outcome === outcome);
  const best =
    candidates.reduce<StagedTrial | undefined>(
      (top, next) => ((next.score ?? -1) > (top?.score ?? -1) ? next : top),
      undefined,
    ) ?? candidates[0];
  const score = best?.score ?? null;
  const partial = outcome === 'resisted' && (score ?? 0) >= 0.3 && assessment?.score_meaning !== 'ranking_only';
  if (outcome !== 'succeeded' && !partial) {
    return {
      ...run,
      trials,
      outcome,
      bestScore: score,
      severity: outcome === 'resisted' ? 'info' : null,
      severityFrom: null,
    };
  }
  const bands = assessment?.score_meaning !== 'ranking_only' && score !== null && graded.has(judgeKey(best));
  const [severity, severityFrom] =
    run.source_severity !== undefined
      ? ([run.source_severity, 'source'] as const)
      : bands
        ? ([band(score), 'band'] as const)
        : run.default_severity !== undefined
          ? ([run.default_severity, 'default'] as const)
          : (['medium', 'fallback'] as const);
  return { ...run, trials, outcome, bestScore: score, severity, severityFrom };
}

function gradedJudges(trials: readonly StagedTrial[]): ReadonlySet<string> {
  return new Set(trials.filter(({ score }) => score !== undefined && score !== 0 && score !== 1).map(judgeKey));
}

function judgeKey(trial: StagedTrial | undefined): string {
  return `${trial?.assessment ?? ''} ${trial?.detector ?? ''}`;
}

function band(score: number): Severity {
  if (score >= 0.9) return 'critical';
  if (score >= 0.7) return 'high';
  if (score >= 0.5) return 'medium';
  return score >= 0.3 ? 'low' : 'info';
}

function runKey({ assessment, run }: { readonly assessment: string; readonly run: string }): string {
  return JSON.stringify([assessment, run]);
}

function push<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
