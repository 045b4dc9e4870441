import { attackSuccessRate, type Lift, type LiftClaim } from '#domain';
import { formatCount, listInWords, plural, points, pointsInterval } from '../format/numbers.ts';
import { heatCells, heatLegendOf } from '../model/chart-texts.ts';
import type { HeatGridBlock } from '../model/report-content.ts';

/** A claim with the list of transforms as it is printed. */
export interface NamedLift {
  readonly name: string;
  readonly claim: LiftClaim;
}

/** Combinations are named only where some were used. */
function lists(lifts: readonly NamedLift[]): string {
  const combined = lifts.some(({ claim }) => (claim.about.transforms ?? []).length > 1);
  return combined
    ? plural(lifts.length, 'transform or combination', 'transforms and combinations')
    : plural(lifts.length, 'transform');
}

const mostNames = 4;
const some = (lifts: readonly NamedLift[], told: (one: NamedLift) => string): string => {
  const shown = lifts.slice(0, mostNames).map(told);
  return listInWords(lifts.length > mostNames ? [...shown, `${formatCount(lifts.length - mostNames)} more`] : shown);
};

const difference = ({ claim }: NamedLift): string =>
  claim.lift === null
    ? ''
    : ` (${points(claim.lift.difference.value)} points, interval ${pointsInterval(claim.lift.difference)})`;

/** `onlyHits`: no file says what was tried. Says "raises" or "lowers" only where the rule of the claim allowed it; what is not settled is not "no effect". */
export function transformLead(lifts: readonly NamedLift[], onlyHits = false): string {
  if (lifts.length === 0)
    return onlyHits
      ? 'No hit used a transform; what was tried without success is not in the source.'
      : 'No run used a transform.';
  const having = (verdict: LiftClaim['verdict']): NamedLift[] => lifts.filter(({ claim }) => claim.verdict === verdict);
  const [raising, lowering, unsettled, without] = [
    having('raises'),
    having('lowers'),
    having('unsettled'),
    having('no_baseline'),
  ];
  const compared = lifts.length - without.length;
  if (compared === 0)
    return `${lists(lifts)} ${lifts.length === 1 ? 'was used, without' : 'were used, none with'} untransformed runs of the same attack on the same target: lift is n/a.`;
  const corrected = compared > 1 ? `, corrected for ${formatCount(compared)} comparisons` : '';
  const parts: string[] = [];
  if (raising.length > 0)
    parts.push(
      `${some(raising, (one) => `${one.name}${difference(one)}`)} ${raising.length === 1 ? 'raises' : 'raise'} the success rate of the same attack beyond chance${corrected}.`,
    );
  if (lowering.length > 0)
    parts.push(
      `${some(lowering, (one) => `${one.name}${difference(one)}`)} ${lowering.length === 1 ? 'lowers' : 'lower'} ${raising.length > 0 ? 'it' : 'the success rate of the same attack'} beyond chance${raising.length > 0 ? '' : corrected}.`,
    );
  if (unsettled.length > 0)
    parts.push(
      unsettled.length === compared
        ? `The runs do not settle whether ${compared === 1 ? (unsettled[0]?.name ?? '') : `any of ${lists(unsettled)}`} changes the success rate${corrected}: that is not evidence of no effect.`
        : `For ${formatCount(unsettled.length)} other${unsettled.length === 1 ? '' : 's'} the runs do not settle it.`,
    );
  if (without.length > 0)
    parts.push(`${formatCount(without.length)} more ${without.length === 1 ? 'has' : 'have'} no baseline: n/a.`);
  return parts.join(' ');
}

const methods: Readonly<Record<Lift['method'], string>> = {
  paired: 'pairs of goals',
  independent: 'independent runs',
  stratified: 'over attacks',
};

export const methodInWords = ({ method, strata }: Lift): string =>
  method === 'stratified' ? `over ${formatCount(strata)} attacks` : methods[method];

/** p as far as it is of interest. */
export const pInWords = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

export const liftNote =
  'ASR with the transform minus ASR of untransformed runs of the same attack on the same target, in percentage points; a run without such a baseline is in no lift. Where each goal was run once with and once without, pairs are compared (Newcombe’s paired interval, exact McNemar test), else independent runs (Newcombe, Fisher); several attacks are combined by Mantel–Haenszel, so the lift need not be the difference of the two sums. p is exact and corrected by Holm over the transforms of the target; beyond chance means p up to 0.05 and an interval without 0. The intervals are those of each comparison alone.';

/** Explains what one of the grids shows, and nothing else. */
export function gridNote(grids: readonly HeatGridBlock[]): string {
  const cells = grids.flatMap(heatCells);
  const rated = cells.some((cell) => cell !== null && attackSuccessRate(cell) !== null);
  const hits = cells.some((cell) => (cell?.hits_only ?? 0) > 0);
  const tinted = grids.some((grid) => heatLegendOf(grid).some(([, rate]) => rate !== null && rate > 0));
  const hatched = new Set(
    grids.flatMap((grid) => heatLegendOf(grid).flatMap(([text, rate]) => (rate === null ? [text] : []))),
  );
  return [
    rated &&
      `Rate, then succeeded of assessed${hits ? '; hits of files that list successes alone stand below and are in no rate' : ''}.`,
    !rated && hits && 'Hits of files that list successes alone, which are in no rate.',
    tinted && 'A darker cell has a higher rate.',
    hatched.size > 0 && `Hatched means ${[...hatched].join(', or ')}, which is not zero.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

export const combinedNote =
  'Transforms that were used together are one row and one column, in the order in which they were applied.';

export const unmatchedNote = (runs: number): string =>
  `${plural(runs, 'assessed run')} with a transform ${runs === 1 ? 'has' : 'have'} no untransformed run of the same attack and target beside ${runs === 1 ? 'it' : 'them'} and ${runs === 1 ? 'is' : 'are'} in no lift.`;
