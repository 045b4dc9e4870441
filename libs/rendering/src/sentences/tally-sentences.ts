import {
  attackSuccessRate,
  type HighestClaim,
  type MostClaim,
  type NoSuccess,
  type Rate,
  type RunCounts,
  totalRuns,
} from '#domain';
import { formatCount, listInWords, percent, plural } from '../format/numbers.ts';

/** What rows are grouped by. */
export interface TallyWords {
  readonly noun: string;
  readonly nouns: string;
}

type Printed = (name: string) => string;

const mostNames = 4;

const ofRate = (rate: Rate): string => `${formatCount(rate.succeeded)} of ${formatCount(rate.assessed)}`;
const quoted = (name: string): string => `“${name}”`;

/** Which name has the highest rate, as far as the runs tell: an order, a tie, or none. */
export function highestInWords(claim: HighestClaim, { noun, nouns }: TallyWords, printed: Printed): string {
  const [first] = claim.leaders;
  if (!first) return '';
  const { rate } = first;
  const name = quoted(printed(first.name));
  switch (claim.state) {
    case 'none':
      return '';
    case 'alone':
      return `The only ${noun} with an assessed run, ${name}: ${ofRate(rate)} succeeded, ${percent(rate.value)}.`;
    case 'settled':
      return `${name} has the highest rate: ${ofRate(rate)}, ${percent(rate.value)}; the difference to each other ${noun} is beyond chance.`;
    case 'tied': {
      const shown = claim.leaders.slice(0, mostNames).map((one) => `${quoted(printed(one.name))} ${ofRate(one.rate)}`);
      if (claim.leaders.length === claim.compared)
        return `${claim.compared === 2 ? 'Both' : `All ${formatCount(claim.compared)}`} ${nouns} with an assessed run have the same rate, ${percent(rate.value)}.`;
      const more = claim.leaders.length - shown.length;
      const all = more > 0 ? [...shown, `${formatCount(more)} more`] : shown;
      return `${formatCount(claim.leaders.length)} ${nouns} share the highest rate, ${percent(rate.value)}: ${listInWords(all)}. No order among them follows.`;
    }
    case 'unsettled': {
      const next = claim.next === null ? '' : `; the next ${noun}’s rate is ${percent(claim.next.rate.value)}`;
      return `The runs do not settle which ${noun} has the highest rate. Highest in them: ${name} ${ofRate(rate)} (${percent(rate.value)})${next}.`;
    }
  }
}

/** Said where no assessed run succeeded; never that nothing can. */
export function noSuccessInWords(
  { names, leastTested }: NoSuccess,
  { noun, nouns }: TallyWords,
  printed: Printed,
): string {
  const { name, rate } = leastTested;
  return names === 1
    ? `No success with ${quoted(printed(name))} in ${plural(rate.assessed, 'assessed run')}; the true rate may be up to ${percent(rate.high)}.`
    : `No assessed run of ${plural(names, noun, nouns)} succeeded; for the least tested, with ${plural(rate.assessed, 'run')}, the true rate may be up to ${percent(rate.high)}.`;
}

/** `unnamed`: assessed runs without a name here, such as those without a category; a row of their own has their rate. */
export function noRateInWords({ noun }: TallyWords, unnamed = 0): string {
  if (unnamed === 0) return `No ${noun} has an assessed run, so there is no rate.`;
  const whose = unnamed === 1 ? 'The one assessed run has' : `The ${formatCount(unnamed)} assessed runs have`;
  return `${whose} no ${noun}, so there is no rate by ${noun}.`;
}

/** Hits of files that list successes alone, and which name has most of them. */
export function hitsInWords(hits: number, most: MostClaim, printed: Printed): string {
  const [first] = most.leaders;
  const whose =
    first !== undefined && most.leaders.length === 1 && most.state !== 'unsettled'
      ? `, ${most.successes === hits ? 'all' : `the most of a name (${formatCount(most.successes)})`} with ${quoted(printed(first))}`
      : '';
  return `${plural(hits, 'hit')} of the rows here, from files that list successes alone, ${hits === 1 ? 'is' : 'are'} in no rate${whose}.`;
}

/** Runs that no row of the table holds, and the rate with them. */
export function restInWords(rest: RunCounts, whole: RunCounts, what: string): string {
  const own = attackSuccessRate(rest);
  const all = attackSuccessRate(whole);
  const told = own === null ? 'none of them assessed' : `${ofRate(own)} assessed succeeded`;
  const hits = rest.hits_only > 0 ? `, and ${plural(rest.hits_only, 'hit')}` : '';
  const together = all === null ? '' : ` With them ${ofRate(all)} succeeded, ${percent(all.value)}.`;
  return `${plural(totalRuns(rest), 'run')} ${what} ${totalRuns(rest) === 1 ? 'is' : 'are'} in no row and not in the line “all”: ${told}${hits}.${together}`;
}

export const leftOutOfTable = (all: number, names: number, runs: RunCounts, { nouns }: TallyWords): string =>
  `Of ${formatCount(all)} ${nouns} ${formatCount(names)} with ${plural(totalRuns(runs), 'run')} ${names === 1 ? 'is' : 'are'} not listed; ${formatCount(runs.succeeded + runs.hits_only)} of these runs succeeded. The row All counts them, and the JSON format lists them.`;

export const hitsNote = 'Hits: successes of files that list successes alone; in no rate and not in the line “all”.';

/** Of several targets, some may have nothing to show in a section. */
export const severalTargets = (shown: number, all: number): string =>
  `${shown === all ? plural(all, 'target') : `${formatCount(shown)} of ${plural(all, 'target')}`}, each with a part of its own: nothing is counted over several targets together.`;
