import { attackSuccessRate, type Rate, type RunCounts } from '../metrics.ts';

/** Names of which no assessed run succeeded, and how high the rate of the least tested of them may be. */
export interface NoSuccess {
  readonly names: number;
  readonly leastTested: { readonly name: string; readonly rate: Rate };
}

/** Null where a run succeeded, or none was assessed. Wilson's upper bound for 0 of n falls with n. */
export function noSuccess(rows: readonly (RunCounts & { readonly name: string })[]): NoSuccess | null {
  const rated = rows.flatMap((row) => {
    const rate = attackSuccessRate(row);
    return rate === null ? [] : [{ name: row.name, rate }];
  });
  const [first, ...others] = rated;
  if (!first || rated.some(({ rate }) => rate.succeeded > 0)) return null;
  const leastTested = others.reduce((least, one) => (one.rate.assessed < least.rate.assessed ? one : least), first);
  return { names: rated.length, leastTested };
}

/** Runs of a whole that are in none of its named parts, such as those without a goal; null where there are none. */
export function restOf(whole: RunCounts, parts: readonly RunCounts[]): RunCounts | null {
  const left = (key: keyof RunCounts): number => whole[key] - parts.reduce((sum, part) => sum + part[key], 0);
  const rest = {
    succeeded: left('succeeded'),
    resisted: left('resisted'),
    not_assessed: left('not_assessed'),
    hits_only: left('hits_only'),
  };
  return Object.values(rest).some((count) => count > 0) ? rest : null;
}
