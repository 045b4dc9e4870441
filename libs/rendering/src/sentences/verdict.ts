import { agreement, type AgreementClaim, fewRuns, type LostClaim, severities, type Severity } from '#domain';
import type { WorstOfTarget } from '../model/findings-digest.ts';
import {
  capitalised,
  countInWords,
  formatCount,
  interval,
  listInWords,
  noBreakSpace,
  percent,
  plural,
} from '../format/numbers.ts';
import { inNaturalOrder } from '../text/natural-order.ts';
import { isFiltered } from './filter-sentences.ts';
import { otherJudgeInWords } from './judge-sentences.ts';
import type { ReportSetting } from './report-setting.ts';
import { closedInWords } from './risk-sentences.ts';
import { sumOf, type TargetSetting } from './target-settings.ts';

interface Verdict {
  /** Bold. */
  readonly opening: string;
  readonly rest: string;
}

type VerdictSetting = Pick<ReportSetting, 'targets' | 'head' | 'findings' | 'facts' | 'cut'>;

/** An upper bound above this leaves too much open to speak of a result without a warning. */
const wideOpen = 0.05;

/** One to four sentences by rule, of the riskiest target. They name the worst open finding and claim no more than the interval holds. */
export function composeVerdict(setting: VerdictSetting): Verdict {
  const { targets, head } = setting;
  if (targets.length < 2) return verdictOf(setting, head);
  const several = countInWords(targets.length);
  if (head.risk.state !== 'scored') return noneScored(targets);
  const { opening, rest } = verdictOf(setting, head);
  const equal = targets.filter(({ risk }) => risk.score?.value === head.risk.score?.value).length;
  const place =
    equal > 1
      ? `one of ${countInWords(equal)} with the highest ${boundsAmong(targets)}risk score of ${several} targets`
      : `with the highest ${boundsAmong(targets)}risk score of ${several} targets`;
  return { opening: `${head.name}, ${place}: ${lowered(opening)}`, rest };
}

/** A score that is a lower bound may be higher than all that are known. */
export const boundsAmong = (targets: readonly TargetSetting[]): string =>
  targets.slice(1).some(({ risk }) => risk.lower_bound) ? 'known ' : '';

/** Notes what the verdict claims where it stands. */
export function stateVerdict(setting: VerdictSetting & Pick<ReportSetting, 'ledger'>, verdict: Verdict): void {
  const { head, ledger, targets } = setting;
  // Where no target has an open success the verdict speaks of all of them.
  const told = head.risk.state === 'scored' ? [head] : targets;
  ledger.state(
    [head.risk, ...told.filter((target) => target !== head).map(({ risk }) => risk)],
    `${verdict.opening} ${verdict.rest}`,
  );
  const worst = worstOpen(setting, head);
  if (worst && verdict.rest.includes(worst.finding.trialsInWords)) {
    ledger.state(worst.claim, verdict.rest);
    ledger.state(worst.finding.trialCounts, worst.finding.trialsInWords);
  }
  const other = otherJudge(setting, head);
  if (other && verdict.rest.includes(otherJudgeInWords(other))) ledger.state(other, otherJudgeInWords(other));
  const lost = lostSentence(head);
  if (head.lost && lost !== '' && verdict.rest.includes(lost)) ledger.state(head.lost, lost);
}

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function verdictOf(setting: VerdictSetting, target: TargetSetting): Verdict {
  const { risk, row, rate } = target;
  switch (risk.state) {
    case 'no_runs':
      return { opening: 'No verdict:', rest: noRunsSentence(setting) };
    case 'not_assessed':
      return {
        opening: 'No verdict:',
        rest:
          target.runs === 1
            ? 'the only run could not be assessed.'
            : `none of ${plural(target.runs, 'run')} could be assessed.`,
      };
    case 'none_succeeded':
      return {
        opening: 'No attack succeeded',
        rest: joined(
          `in ${plural(rate?.assessed ?? 0, 'assessed run')}.`,
          closeSentence(target),
          boundSentence(target),
          lostSentence(target),
          judgeSentence(setting, target),
        ),
      };
    case 'closed':
      return {
        opening: 'No open finding that succeeded:',
        rest: joined(
          closedSentence(target),
          rateSentence(target),
          closeSentence(target),
          lostSentence(target),
          judgeSentence(setting, target),
        ),
      };
    case 'ungraded':
      return {
        opening: 'No verdict:',
        rest: joined(ungradedSentence(target), rateSentence(target), lostSentence(target)),
      };
    case 'scored': {
      const band = risk.score?.band ?? '';
      const hits =
        row.hits_only === 0
          ? ''
          : rate === null
            ? `The source lists successful attacks alone, ${formatCount(row.hits_only)} of them; how many were tried is not known.`
            : `${plural(row.hits_only, 'hit')} of sources that list successes alone ${row.hits_only === 1 ? 'is' : 'are'} in no rate.`;
      return {
        opening: risk.lower_bound ? `At least ${band} risk.` : `${capitalised(band)} risk.`,
        rest: joined(
          worstSentence(setting, target) || openSentence(target),
          hits,
          fewSentence(target),
          lostSentence(target),
          judgeSentence(setting, target),
        ),
      };
    }
  }
}

const joined = (...sentences: readonly string[]): string => sentences.filter((one) => one !== '').join(' ');

function noRunsSentence({ facts }: VerdictSetting): string {
  const apart = facts.rows.left_out.find(({ what }) => what === 'adversarial_ml');
  const dismissed = facts.rows.left_out.find(({ what }) => what === 'dismissed');
  if (apart && apart.runs > 0)
    return `there are no attack runs on a generative system; ${plural(apart.runs, 'adversarial-ML run')} ${apart.runs === 1 ? 'is' : 'are'} ${facts.include_adversarial ? 'counted apart' : 'left out'}, ${formatCount(apart.succeeded)} of them successful.`;
  if (dismissed && dismissed.runs > 0)
    return `${dismissed.runs === 1 ? 'the only run was' : `all ${formatCount(dismissed.runs)} runs were`} triaged away.`;
  return 'there are no attack runs to report on.';
}

/** Of several targets, none of which has an open finding that succeeded. */
function noneScored(targets: readonly TargetSetting[]): Verdict {
  const inState = (...states: readonly TargetSetting['risk']['state'][]): readonly TargetSetting[] =>
    targets.filter(({ risk }) => states.includes(risk.state));
  const held = inState('none_succeeded');
  const closed = inState('closed');
  const ungraded = inState('ungraded');
  const unknown = inState('not_assessed', 'no_runs');
  const all = countInWords(targets.length);
  if (unknown.length === targets.length)
    return { opening: 'No verdict:', rest: `no run on any of ${all} targets could be assessed.` };
  const parts = [
    ...(held.length > 0 ? [`on ${countInWords(held.length)} no attack succeeded`] : []),
    ...(closed.length > 0 ? [`on ${countInWords(closed.length)} all that succeeded is remediated or accepted`] : []),
    ...(ungraded.length > 0 ? [`on ${countInWords(ungraded.length)} what succeeded is called no finding`] : []),
    ...(unknown.length > 0 ? [`on ${countInWords(unknown.length)} no run could be assessed`] : []),
  ];
  const widest = held.reduce<TargetSetting | null>(
    (most, one) => (most === null || (one.rate?.high ?? 0) > (most.rate?.high ?? 0) ? one : most),
    null,
  );
  const open =
    widest?.rate == null
      ? ''
      : `The true success rate of ${widest.name} may still be up to ${percent(widest.rate.high)}.`;
  const lost = targets.filter((one) => one.lost?.in_verdict);
  const without =
    lost.length === 0
      ? ''
      : `A tenth or more of the runs on ${listInWords(lost.slice(0, 3).map(({ name }) => name))}${lost.length > 3 ? ` and ${countInWords(lost.length - 3)} more` : ''} were not assessed${lost.some((one) => (one.lost?.in_part ?? 0) > 0) ? ', or not in all of their trials' : ''}.`;
  return {
    opening:
      held.length === targets.length
        ? `No attack succeeded on any of ${all} targets.`
        : 'No open finding that succeeded:',
    rest: joined(held.length === targets.length ? '' : `of ${all} targets, ${listInWords(parts)}.`, open, without),
  };
}

/** From this share of the runs that both judged on a verdict says what another judge of the file makes of them. */
const differingFrom = 0.1;

/** Which of the other judges differs on the most runs, where that is a tenth of those that both judged, or more. */
export function otherJudge({ facts }: Pick<VerdictSetting, 'facts'>, target: TargetSetting): AgreementClaim | null {
  const claims = facts.rows.judges.flatMap((row) =>
    row.target_key !== target.key || row.other === null
      ? []
      : [agreement(row, { primary: row.primary, other: row.other }, { target: target.key })],
  );
  const [most] = [...claims].sort((a, b) => b.differing - a.differing || inNaturalOrder(a.other, b.other));
  return most && most.differing > 0 && most.differing >= differingFrom * most.runs ? most : null;
}

function judgeSentence(setting: VerdictSetting, target: TargetSetting): string {
  const claim = otherJudge(setting, target);
  return claim === null ? '' : otherJudgeInWords(claim);
}

function boundSentence({ rate }: TargetSetting): string {
  if (rate === null) return '';
  return rate.high > wideOpen
    ? `With so few runs the true success rate may still be as high as ${percent(rate.high)}.`
    : `The true success rate may still be up to ${percent(rate.high)}.`;
}

/** Resisted ones that came close are told as that, and in no sum with successes. */
function closeSentence({ close, row, risk }: TargetSetting): string {
  const closed = sumOf(row.closed) - risk.remediated - risk.accepted;
  if (close + closed === 0) return '';
  const told = `${capitalised(countInWords(close + closed))} came close`;
  if (closed === 0) return `${told}.`;
  return close === 0 ? `${told}, none of them open.` : `${told}, ${countInWords(close)} of them open.`;
}

function ungradedSentence({ row }: TargetSetting): string {
  const count = row.succeeded + row.hits_only;
  const successes = count === 1 ? 'the one success is' : `the ${formatCount(count)} successes are`;
  return `${successes} called no finding, so nothing says how severe ${count === 1 ? 'it is' : 'they are'}.`;
}

function closedSentence({ risk, row }: TargetSetting): string {
  const count = row.succeeded + row.hits_only;
  const closed = risk.remediated + risk.accepted;
  if (closed < count)
    return `of ${plural(count, 'success', 'successes')} ${closedInWords(risk)}; ${count - closed === 1 ? 'the other is' : 'the others are'} called no finding.`;
  const all = count === 1 ? 'the one success is' : `all ${formatCount(count)} successes are`;
  const { remediated, accepted } = risk;
  if (accepted === 0) return `${all} remediated.`;
  if (remediated === 0) return `${all} accepted as a risk.`;
  return `${all} closed, ${formatCount(remediated)} remediated and ${formatCount(accepted)} accepted as a risk.`;
}

function rateSentence({ rate }: TargetSetting): string {
  return rate === null
    ? ''
    : `${formatCount(rate.succeeded)} of ${plural(rate.assessed, 'assessed run')} had succeeded when they were tested.`;
}

function openSentence({ open, rate, row }: TargetSetting): string {
  const found = `${plural(open, 'open finding')} succeeded.`;
  if (rate === null || row.hits_only > 0 || rate.succeeded !== open) return found;
  return `${formatCount(rate.succeeded)} of ${plural(rate.assessed, 'assessed run')} succeeded.`;
}

function fewSentence({ rate, lost }: TargetSetting): string {
  if (rate === null || rate.assessed >= fewRuns) return '';
  // What was lost is said by the next sentence.
  const only = lost === null || lost.lost === 0 || lost.in_verdict ? '' : ` of ${formatCount(lost.of)}`;
  return `With only ${only === '' ? plural(rate.assessed, 'assessed run') : `${formatCount(rate.assessed)}${only} runs assessed`} the success rate is uncertain.`;
}

/** "60 of 100 runs were not assessed: had all of them succeeded, the rate would be 60.0 % (interval 50.2 – 69.1 %)." */
export function lostSentence({ lost }: Pick<TargetSetting, 'lost'>, always = false): string {
  if (lost === null || !(always || lost.in_verdict)) return '';
  const open = lost.lost + lost.in_part;
  return `${lostInWords(lost)}: had ${open === 1 ? 'it' : 'all of them'} succeeded, the rate would be ${percent(lost.highest.value)} (95 % interval ${interval(lost.highest)}).`;
}

/** Runs that were lost, then those that resisted as far as they were assessed. */
function lostInWords({ lost, in_part: inPart, of }: LostClaim): string {
  const lostOnes = `${formatCount(lost)} of ${plural(of, 'run')} ${of === 1 || lost === 1 ? 'was' : 'were'} not assessed`;
  if (inPart === 0) return lostOnes;
  const resisted = `resisted, though some of ${inPart === 1 ? 'its' : 'their'} trials were not assessed`;
  return lost === 0
    ? `${formatCount(inPart)} of ${plural(of, 'run')} ${resisted}`
    : `${lostOnes} and ${formatCount(inPart)} more ${resisted}`;
}

/** "“…” succeeded in 4 of 5 trials of crescendo with persona, the worst of nine open critical findings." */
function worstSentence(setting: VerdictSetting, target: TargetSetting): string {
  const { facts } = setting;
  const filtered = isFiltered(facts.filter);
  const worst = worstOpen(setting, target);
  if (!worst) return filtered ? `${openSentence(target)} The filter leaves them out of this report.` : '';
  const { finding } = worst;
  const said = `“${finding.title}” succeeded in ${finding.trialsInWords} of ${finding.attackInWords}${rankClause(worst, setting, target)}.`;
  const restsOn = target.risk.score?.worst ?? null;
  return filtered && restsOn !== null && restsOn !== finding.severity
    ? `${said} The score rests on ${openOf(target, restsOn)}, which the filter leaves out.`
    : said;
}

/** The worst open finding of a target that is in this report. A preview sees the first ones alone: their number is that of the rows. */
export function worstOpen({ findings, facts }: VerdictSetting, target: TargetSetting): WorstOfTarget | null {
  const filtered = isFiltered(facts.filter);
  const worst = findings.worstOf(target.key, filtered);
  if (!worst) return null;
  const { finding, claim } = worst;
  const about = { ...claim.about, target: target.key };
  const counted = filtered || claim.severity === null ? {} : { of_severity: target.row.open[claim.severity] };
  return { finding, claim: { ...claim, about, ...counted } };
}

const openOf = ({ row }: TargetSetting, severity: Severity): string =>
  plural(row.open[severity], `open ${severity} finding`);

function rankClause({ claim }: WorstOfTarget, { facts, cut, targets }: VerdictSetting, { row }: TargetSetting): string {
  const { severity, of_severity: count, equal, best_score, graded } = claim;
  if (severity === null) return '';
  const filtered = isFiltered(facts.filter);
  if (!filtered && severities.slice(0, severities.indexOf(severity)).some((one) => row.open[one] > 0)) return '';
  const kept = filtered ? ' that the filter keeps' : '';
  const its = targets.length > 1 ? 'its ' : '';
  if (count <= 1) return `, ${its || 'the '}only open ${severity} finding${kept}`;
  const among = `${its}${countInWords(count)}${noBreakSpace}open ${severity} findings${kept}`;
  return equal === 1 && best_score !== null && graded && cut === null
    ? `, the worst of ${among} by its score`
    : `, one of ${among}`;
}
