import {
  type ComplianceClaim,
  type ComplianceItemRow,
  type Framework,
  heldFrom,
  lostTooMany,
  totalRuns,
  wilson,
} from '#domain';
import { formatCount, percent, plural } from '../format/numbers.ts';
import type { StateMark } from '../model/report-content.ts';

export const complianceLead = (runs: number): string =>
  `Test evidence, not certification. An item is judged by the runs that carry its tag; column Tags says who gave it: the file, our crosswalk of categories, or the tool’s own table of its probes. A run may carry several tags, so rows do not add up to ${plural(runs, 'run')}.`;

/** Who gave the tags of an item. */
export function tagOrigin(row: Pick<ComplianceItemRow, 'from_file' | 'from_crosswalk' | 'from_table'> | null): string {
  const origins = [
    ['file', row?.from_file ?? 0],
    ['crosswalk', row?.from_crosswalk ?? 0],
    ['tool’s table', row?.from_table ?? 0],
  ] as const;
  const [first, ...others] = origins.filter(([, runs]) => runs > 0);
  if (first === undefined) return '';
  if (others.length === 0) return first[0];
  return [first, ...others].map(([who, runs]) => `${who} ${formatCount(runs)}`).join(', ');
}

/** How few prompts or goals assessed runs have, where too few to hold anything. */
export const onlyDistinct = (distinct: number): string =>
  distinct === 0
    ? 'no prompt or goal is known'
    : `only ${plural(distinct, 'distinct prompt or goal', 'distinct prompts or goals')}`;

/** What limits the judgement of an item; empty where nothing does. */
export function itemCaveats(claim: ComplianceClaim): string {
  const { counts, distinct, untagged_successes: untagged, state } = claim;
  const rated = totalRuns(counts) - counts.hits_only;
  const parts = [
    ...(counts.not_assessed > 0 ? [`${formatCount(counts.not_assessed)} of ${plural(rated, 'run')} not assessed`] : []),
    ...(claim.rate !== null && state !== 'failed' && distinct < heldFrom ? [onlyDistinct(distinct)] : []),
    ...(untagged > 0
      ? [`${plural(untagged, 'success', 'successes')} without a tag would belong here by our crosswalk`]
      : []),
  ];
  return parts.join('; ');
}

/** Runs that a framework says nothing about, because they carry none of its tags. */
export function untaggedRuns(runs: number, succeeded: number): string {
  if (runs === 1)
    return `One run carries no tag of this framework and is in no row; it ${succeeded === 1 ? 'succeeded' : 'did not succeed'}.`;
  const which = succeeded === 0 ? 'none' : formatCount(succeeded);
  return `${plural(runs, 'run')} carry no tag of this framework and are in no row; ${which} of them succeeded.`;
}

export const functionsNote =
  'The functions of the NIST AI RMF are tasks of an organization: no test fails or holds them, runs are evidence for them.';

const meanings: Readonly<Record<StateMark, () => string>> = {
  failed: () => 'at least one run that carries the tag succeeded.',
  held: () =>
    `none succeeded, in runs with ${heldFrom} or more distinct prompts or goals, less than ${percent(lostTooMany)} of the runs not assessed, and no success without a tag that our crosswalk would put here. With ${heldFrom} the true rate may still be up to ${percent(wilson(0, heldFrom).high)}.`,
  too_little: () => 'assessed, none succeeded, but not enough for “held”: no judgement.',
  not_assessed: () => 'runs carry the tag, but none could be assessed.',
  not_tested: () => 'no run carries this tag.',
  unknown: () => 'no run carries this tag, but a file lists hits alone: what it tried without success is not in it.',
  evidence: () => 'assessed runs bear on this function; it is neither failed nor held by them.',
};

export const stateMeaning = (state: StateMark): string => meanings[state]();

/** Which release the items are of, and which part of it. */
export function listOfItems({ release, part }: Pick<Framework, 'release' | 'part'>): string {
  const told = `${release}: ${part}.`;
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}`;
}
