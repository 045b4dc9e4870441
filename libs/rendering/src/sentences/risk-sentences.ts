import { countedRuns, fewRuns, ratedRuns, type RiskScore } from '#domain';
import { formatCount, interval, listInWords, percent, plural } from '../format/numbers.ts';
import { countsOf } from '../model/figures-content.ts';
import type { AsrContent, RiskContent } from '../model/report-content.ts';
import { shortenName } from '../text/shorten-field.ts';
import type { ReportSetting } from './report-setting.ts';
import type { TargetSetting } from './target-settings.ts';

type Figures = Pick<ReportSetting, 'head' | 'targets' | 'ledger'>;

/** Of several targets: which one the figure is of. */
const whose = ({ head, targets }: Figures): string => (targets.length > 1 ? `${shortenName(head.name, 120)}: ` : '');

export function composeRisk(setting: Figures): RiskContent {
  const { head, ledger } = setting;
  const { score, state } = head.risk;
  const text = score === null ? 'n/a' : score.value.toFixed(1);
  const qualifier = riskQualifier(head);
  ledger.state(head.risk, `${text} ${qualifier}`);
  return {
    value: score?.value ?? null,
    text,
    qualifier,
    // Where no score decided there is no band to speak of.
    band: state === 'scored' ? (score?.band ?? null) : null,
    formula: `${whose(setting)}${riskFormula(head)}`,
  };
}

function riskQualifier({ risk }: TargetSetting): string {
  switch (risk.state) {
    case 'scored': {
      const band = risk.score?.band ?? '';
      if (!risk.lower_bound) return `of 10, band: ${band}`;
      return band === 'critical' ? 'at least, of 10, band: critical' : `at least, of 10, band: ${band} or above`;
    }
    case 'closed':
      return 'of 10: no open finding that succeeded';
    case 'ungraded':
      return 'no finding with a severity';
    case 'none_succeeded':
      return 'of 10: nothing succeeded';
    case 'not_assessed':
      return 'no run could be assessed';
    case 'no_runs':
      return 'no attack runs';
  }
}

/** The formula with its numbers, so that a reader may do the sum. */
function riskFormula({ risk, row, close }: TargetSetting): string {
  const { score } = risk;
  switch (risk.state) {
    case 'no_runs':
      return 'No score without attack runs.';
    case 'not_assessed':
      return 'No score: that no run could be assessed is no evidence of safety.';
    case 'none_succeeded':
      return `0 by rule: nothing succeeded.${close > 0 ? ' What came close does not raise it.' : ''} The interval of the success rate says what remains open.`;
    case 'closed':
      return `0 by rule: no open finding that succeeded; ${closedInWords(risk)}.`;
    case 'ungraded':
      return 'No score: what succeeded is called no finding, so it has no severity.';
    case 'scored': {
      if (score === null) return '';
      const base = `${score.base} (worst open severity: ${score.worst ?? ''})`;
      if (score.asr === null) return `${base} × (0.6 + 0.4 × ASR), ASR unknown and taken as 0: a lower bound`;
      const sum = `${base} × (0.6 + 0.4 × ASR ${asrDigits(score)}) = ${score.value.toFixed(1)}`;
      return row.hits_only > 0
        ? `${sum}; ${plural(row.hits_only, 'hit')} of an unknown whole ${row.hits_only === 1 ? 'is' : 'are'} in no ASR: a lower bound`
        : sum;
    }
  }
}

/** Three digits, or as many as give the printed score again. */
export function asrDigits({ base, asr, value }: RiskScore): string {
  for (let digits = 3; digits < 12; digits++) {
    const printed = (asr ?? 0).toFixed(digits);
    if (Math.round(base * (0.6 + 0.4 * Number(printed)) * 10) / 10 === value) return printed;
  }
  return String(asr ?? 0);
}

/** "3 remediated and 1 accepted as a risk". */
export const closedInWords = ({
  remediated,
  accepted,
}: {
  readonly remediated: number;
  readonly accepted: number;
}): string =>
  listInWords([
    ...(remediated > 0 ? [`${formatCount(remediated)} remediated`] : []),
    ...(accepted > 0 ? [`${formatCount(accepted)} accepted as a risk`] : []),
  ]);

const definition = 'ASR = succeeded ÷ (succeeded + resisted).';

export function composeAsr(setting: Figures): AsrContent {
  const { head, ledger } = setting;
  const { rate, row, lost } = head;
  const about = { target: head.key };
  if (rate === null) {
    const qualifier = unratedQualifier(head);
    ledger.state({ kind: 'counts', about, population: countedRuns, counts: countsOf(row) }, qualifier);
    return {
      rate: null,
      text: 'n/a',
      qualifier,
      note: `${whose(setting)}${unratedNote(head)} ${definition}`,
    };
  }
  const few = rate.assessed < fewRuns ? ` Few runs: n below ${fewRuns}.` : '';
  const without = lost === null || lost.lost === 0 ? '' : ` Not in it: ${plural(lost.lost, 'run')} not assessed.`;
  const apart = row.hits_only > 0 ? ` ${plural(row.hits_only, 'hit')} of hits-only sources not in it.` : '';
  const qualifier = `${formatCount(rate.succeeded)} of ${plural(rate.assessed, 'assessed run')}`;
  ledger.state({ kind: 'rate', about, population: ratedRuns, rate }, `${percent(rate.value)} ${qualifier}`);
  return {
    rate,
    text: percent(rate.value),
    qualifier,
    note: `${whose(setting)}95 % interval ${interval(rate)} (Wilson). ${definition}${few}${without}${apart}`,
  };
}

function unratedQualifier({ row, runs }: TargetSetting): string {
  if (row.hits_only > 0) return `hits only: ${plural(row.hits_only, 'success', 'successes')}`;
  return runs === 0 ? 'no attack runs' : `0 of ${plural(row.not_assessed, 'run')} assessed`;
}

function unratedNote({ row, runs }: TargetSetting): string {
  if (row.hits_only > 0) return 'n/a (hits only): the source does not say how many attacks were tried.';
  return runs === 0 ? 'There is no rate without attack runs.' : 'No run could be assessed, so there is no rate.';
}
