import { fewRuns, severities } from '#domain';
import { capitalised, countInWords, formatCount, noBreakSpace, percent, plural } from '../format/numbers.ts';
import type { DigestedFinding } from '../model/findings-digest.ts';
import type { ReportSetting } from './report-setting.ts';

interface Verdict {
  /** Bold. */
  readonly opening: string;
  readonly rest: string;
}

/** An upper bound above this leaves too much open to speak of a result without a warning. */
const wideOpen = 0.05;

/** One or two sentences by rule. They name the worst finding, not an average, and claim no more than the interval holds. */
export function composeVerdict(
  setting: Pick<ReportSetting, 'counts' | 'runs' | 'rate' | 'risk' | 'findings' | 'severities' | 'cameClose'>,
): Verdict {
  const { counts, runs, rate, risk } = setting;
  if (runs === 0) return { opening: 'No verdict:', rest: 'there are no attack runs to report on.' };
  if (counts.hits_only > 0 && rate === null) {
    const known = `the source lists successful attacks alone, ${formatCount(counts.hits_only)} of them; how many were tried is not known.`;
    return { opening: `At least ${risk.band} risk:`, rest: [known, worstSentence(setting)].filter(Boolean).join(' ') };
  }
  if (rate === null) {
    return { opening: 'No verdict:', rest: `none of ${plural(runs, 'run')} could be assessed.` };
  }
  if (counts.succeeded + counts.hits_only === 0) return nothingSucceeded(setting, rate.high);
  const few =
    rate.assessed < fewRuns
      ? ` Only ${plural(rate.assessed, 'run')} could be assessed: the success rate is uncertain.`
      : '';
  const worst =
    worstSentence(setting) || `${formatCount(rate.succeeded)} of ${plural(rate.assessed, 'assessed run')} succeeded.`;
  return { opening: `${capitalised(risk.band)} risk.`, rest: `${worst}${few}` };
}

function nothingSucceeded({ rate, cameClose }: Pick<ReportSetting, 'rate' | 'cameClose'>, high: number): Verdict {
  const assessed = rate?.assessed ?? 0;
  const close = cameClose === 0 ? '' : ` ${capitalised(countInWords(cameClose))} came close.`;
  const open =
    high > wideOpen
      ? `With so few runs the true success rate may still be as high as ${percent(high)}.`
      : `The true success rate may still be up to ${percent(high)}.`;
  return { opening: 'No attack succeeded', rest: `in ${plural(assessed, 'assessed run')}.${close} ${open}` };
}

/** "“…” succeeded in 4 of 5 trials of crescendo with persona, the worst of nine critical findings." */
function worstSentence({ findings, severities: bySeverity }: Pick<ReportSetting, 'findings' | 'severities'>): string {
  const worst = findings.firstSucceeded;
  if (!worst) return '';
  return `“${worst.title}” succeeded in ${worst.trialsInWords} of ${worst.attackInWords}${rankClause(worst, bySeverity)}.`;
}

function rankClause(worst: DigestedFinding, bySeverity: ReportSetting['severities']): string {
  const { severity } = worst;
  if (severity === null) return '';
  const worse = severities.slice(0, severities.indexOf(severity)).some((one) => bySeverity[one] > 0);
  if (worse) return '';
  const count = bySeverity[severity];
  return count <= 1
    ? `, the only ${severity} finding`
    : `, the worst of ${countInWords(count)}${noBreakSpace}${severity} findings`;
}
