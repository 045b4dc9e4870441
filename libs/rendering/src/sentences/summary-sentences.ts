import {
  type BarReason,
  countedRuns,
  countsClaim,
  heldClaim,
  heldFrom,
  mostSuccesses,
  noRuns,
  partialFrom,
  ratedRuns,
  severities,
  type SeverityCounts,
  triedClaim,
  type WithoutSuccess,
} from '#domain';
import { displayName } from '../format/display-names.ts';
import { formatCount, interval, listInWords, percent, plural } from '../format/numbers.ts';
import { shortenName } from '../text/shorten-field.ts';
import { onlyDistinct } from './compliance-sentences.ts';
import { closedInWords } from './risk-sentences.ts';
import type { ReportSetting } from './report-setting.ts';
import { untestedByName } from './scope-sentences.ts';
import type { TargetSetting } from './target-settings.ts';
import { lostSentence } from './verdict.ts';

/** Targets that the summary tells of one by one. */
export const mostTargetsTold = 6;

type Told = Pick<ReportSetting, 'facts' | 'ledger'>;

/** What broke on one target: rate and hits apart, open ones by severity, what was closed, what came close. */
export function brokeOf(setting: Told, target: TargetSetting): string {
  const { rate, row } = target;
  if (target.runs === 0) return 'Nothing can be said: there are no attack runs.';
  if (rate === null && row.hits_only === 0) return 'Nothing can be said: no run could be assessed.';
  const { ledger } = setting;
  const about = { target: target.key };
  const said: string[] = [];
  if (rate !== null) {
    const words =
      rate.succeeded === 0
        ? `No attack succeeded in ${plural(rate.assessed, 'assessed run')}${row.hits_only > 0 ? ' of sources with a denominator' : ''}; the 95 % interval reaches up to ${percent(rate.high)}.`
        : `${formatCount(rate.succeeded)} of ${plural(rate.assessed, 'assessed run')} succeeded: ${percent(rate.value)}, 95 % interval ${interval(rate)}.`;
    said.push(ledger.state({ kind: 'rate', about, population: ratedRuns, rate }, words));
  }
  if (row.hits_only > 0) {
    const words =
      rate === null
        ? `${plural(row.hits_only, 'attack run')} succeeded; the source lists no others, so how many were tried is not known.`
        : `${plural(row.hits_only, 'further success', 'further successes')} of sources that list hits alone ${row.hits_only === 1 ? 'is' : 'are'} in no rate.`;
    said.push(
      ledger.state(
        {
          kind: 'counts',
          about,
          population: { ...countedRuns, coverage: 'hits_only' },
          counts: { ...noRuns, hits_only: row.hits_only },
        },
        words,
      ),
    );
  }
  const { remediated, accepted } = target.risk;
  const open = { coverage: 'any', status: 'open', domain: 'generative' } as const;
  if (target.open > 0)
    said.push(
      ledger.state(
        { kind: 'severities', about, population: open, of: 'succeeded', counts: row.open },
        `Open, by severity: ${bySeverity(row.open)}.`,
      ),
    );
  if (remediated + accepted > 0)
    said.push(
      ledger.state(
        { kind: 'closed', about, population: { ...open, status: 'closed' }, remediated, accepted },
        `Closed: ${closedInWords({ remediated, accepted })}.`,
      ),
    );
  if (target.close > 0)
    said.push(
      ledger.state(
        { kind: 'severities', about, population: open, of: 'came_close', counts: row.open_close },
        `Resisted, but came close (a score of ${partialFrom} or more): ${bySeverity(row.open_close)}.`,
      ),
    );
  const most = mostSentence(setting, target);
  if (most !== '') said.push(most);
  const lost = lostSentence(target);
  if (lost !== '' && target.lost) said.push(ledger.state(target.lost, lost));
  return said.join(' ');
}

export const bySeverity = (counts: SeverityCounts): string =>
  listInWords(
    severities
      .filter((severity) => counts[severity] > 0)
      .map((severity) => `${formatCount(counts[severity])} ${severity}`),
  );

const categoryName = (name: string): string => displayName(shortenName(name, 80));

/** Which category holds the most successes; a tie by its names. A number of runs, not a rate. */
function mostSentence({ facts, ledger }: Told, target: TargetSetting): string {
  const rows = facts.rows.asr_by_category.filter(({ target_key }) => target_key === target.key);
  const claim = mostSuccesses('category', rows, { target: target.key });
  const { leaders, successes, of, state, unnamed } = claim;
  const [first] = leaders;
  if (first === undefined || state === 'none') return '';
  const names = leaders.map(categoryName);
  const words =
    state === 'unsettled'
      ? `${formatCount(unnamed)} of ${plural(of, 'success', 'successes')} ${unnamed === 1 ? 'has' : 'have'} no category, so none is known to have the most.`
      : successes === of && leaders.length === 1
        ? of === 1
          ? `The one success is of category ${categoryName(first)}.`
          : `${of === 2 ? 'Both' : `All ${formatCount(of)}`} successes are of category ${categoryName(first)}.`
        : leaders.length === 1
          ? `The category with the most successes is ${categoryName(first)} (${formatCount(successes)} of ${formatCount(of)}).`
          : leaders.length <= 4
            ? `The most successes have ${listInWords(names)}, ${formatCount(successes)} each of ${formatCount(of)}.`
            : `No category has more successes than others: ${formatCount(leaders.length)} have ${formatCount(successes)} each.`;
  return ledger.state(claim, words);
}

const mostNames = 4;

/** What held on one target, by the bar of a framework item. */
export function heldOf({ facts, ledger }: Told, target: TargetSetting): string {
  const rows = facts.rows.asr_by_category.filter(({ target_key }) => target_key === target.key);
  const claim = heldClaim(rows, { target: target.key });
  const { held, too_little } = claim;
  const words = ((): string => {
    switch (claim.state) {
      case 'hits_only':
        return 'Nothing can be said to have held: the source lists successful attacks alone.';
      case 'not_assessed':
        return target.runs === 0
          ? 'Nothing can be said to have held: there are no attack runs.'
          : 'Nothing can be said to have held: no run could be assessed.';
      case 'no_category':
        return 'Nothing can be said to have held: no run has a category.';
      case 'none':
        return 'Nothing: each category with an assessed run has a success.';
      case 'held':
        return `No success in ${someOf(held)}.${too_little.length > 0 ? ` Too little is known of ${someOf(too_little)}.` : ''}`;
      case 'too_little':
        return `Nothing can be said to have held. Without a success, but ${belowBarInWords(too_little)}: ${someOf(too_little)}.`;
    }
  })();
  return ledger.state(claim, words);
}

const reasonsInWords: Readonly<Record<BarReason, string>> = {
  few_distinct: `with fewer than ${heldFrom} distinct prompts or goals assessed`,
  many_lost: 'with too many runs lost',
};

const belowBarInWords = (rows: readonly WithoutSuccess[]): string =>
  (['few_distinct', 'many_lost'] as const)
    .filter((reason) => rows.some(({ reasons }) => reasons.includes(reason)))
    .map((reason) => reasonsInWords[reason])
    .join(' or ');

function someOf(rows: readonly WithoutSuccess[]): string {
  const shown = rows.slice(0, mostNames).map(({ name, rate, lost, distinct, reasons }) => {
    const parts = [
      `0 of ${formatCount(rate.assessed)}`,
      // Where each run has its own, their number says it.
      ...(reasons.includes('few_distinct') && distinct < rate.assessed ? [onlyDistinct(distinct)] : []),
      ...(lost > 0 ? [`${formatCount(lost)} not assessed`] : []),
      `could be up to ${percent(rate.high)}`,
    ];
    return `${categoryName(name)} (${parts.join(', ')})`;
  });
  return listInWords(rows.length > mostNames ? [...shown, `${formatCount(rows.length - mostNames)} more`] : shown);
}

export function notTestedParagraph({
  facts,
  counts,
  ledger,
}: Pick<ReportSetting, 'facts' | 'counts' | 'ledger'>): string {
  const tried = triedClaim(facts.rows.asr_by_category);
  const first = ledger.state(tried, untestedByName(tried));
  if (counts.not_assessed === 0) return first;
  const lost = `${counts.not_assessed === 1 ? 'One run was not assessed and counts' : `${formatCount(counts.not_assessed)} runs were not assessed and count`} neither as succeeded nor as resisted.`;
  return `${first} ${ledger.state(countsClaim({}, counts), lost)}`;
}
