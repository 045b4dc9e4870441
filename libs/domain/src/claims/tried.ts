import { categorySlugs } from '../category-slugs.ts';
import { type RunCounts, totalRuns } from '../metrics.ts';
import { uncategorised } from '../vocabulary.ts';
import { type ClaimAbout, countedRuns, type Of } from './population.ts';

/** Which categories of the vocabulary were tried. */
export interface TriedClaim extends Of<'tried'> {
  /**
   * Whether a category without a run may be called "not tried": `all` runs are of files that hold every attempt, only `some`
   * are (what a hit log tried without success is unknown), or `none`.
   */
  readonly attempts_known: 'all' | 'some' | 'none';
  /** With an assessed run, or a hit. */
  readonly tried: readonly string[];
  /** With runs, none of them assessed. */
  readonly not_assessed: readonly string[];
  /** Without a run. */
  readonly not_tried: readonly string[];
  /** Names with runs that are not of the vocabulary. */
  readonly further: readonly string[];
  /** Runs that no category is known of. */
  readonly uncategorised: number;
}

export function triedClaim(
  rows: readonly (RunCounts & { readonly name: string; readonly hit_log_runs: number })[],
  about: ClaimAbout = {},
  vocabulary: readonly string[] = categorySlugs,
): TriedClaim {
  const sums = new Map<string, { runs: number; told: number }>();
  for (const row of rows) {
    const own = sums.get(row.name) ?? { runs: 0, told: 0 };
    own.runs += totalRuns(row);
    own.told += row.succeeded + row.resisted + row.hits_only;
    sums.set(row.name, own);
  }
  const runs = (name: string): number => sums.get(name)?.runs ?? 0;
  const told = (name: string): number => sums.get(name)?.told ?? 0;
  const all = rows.reduce((sum, row) => sum + totalRuns(row), 0);
  const hits = rows.reduce((sum, row) => sum + row.hit_log_runs, 0);
  return {
    kind: 'tried',
    about,
    population: countedRuns,
    attempts_known: hits === 0 ? 'all' : hits >= all ? 'none' : 'some',
    tried: vocabulary.filter((name) => told(name) > 0),
    not_assessed: vocabulary.filter((name) => told(name) === 0 && runs(name) > 0),
    not_tried: vocabulary.filter((name) => runs(name) === 0),
    further: [...sums.keys()].filter((name) => name !== uncategorised && runs(name) > 0 && !vocabulary.includes(name)),
    uncategorised: runs(uncategorised),
  };
}
