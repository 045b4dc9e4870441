import type {
  AgreementClaim,
  AssessmentRow,
  AssessmentSource,
  BestTrial,
  JudgeRow,
  Outcome,
  PrimaryRule,
  Rate,
  ScoreScale,
} from '#domain';
import type { WithheldRow } from '../evidence/withhold-evidence.ts';
import { formatCount, listInWords, percent, plural, score } from '../format/numbers.ts';
import { shortenName } from '../text/shorten-field.ts';

const why: Readonly<Record<PrimaryRule, string>> = {
  only_judge: 'the only judge of the file',
  chosen_by_caller: 'chosen at the import',
  first_in_file: 'the first judge in the file',
  source_verdict: 'the file’s own verdict over all its judges',
};

const unnamed = 'a judge that the source does not name';
const name = (judge: string | null): string => (judge === null ? unnamed : shortenName(judge, 120));

/** Everyone whose verdict any finding or file names. */
export function judgesOf(assessments: readonly AssessmentRow[], judges: readonly JudgeRow[]): readonly string[] {
  const all = [
    ...assessments.map((row) => row.judge_model),
    ...judges.map((row) => row.primary),
    // Where runs name no judge, their file may.
    ...(judges.some((row) => row.primary !== null)
      ? []
      : assessments.flatMap((row) => row.sources.map((source) => source.detector))),
  ];
  return [...new Set(all.filter((one) => one !== null))];
}

/** By whose verdict the runs of an import count, and why by theirs. */
export function primaryJudge({
  detector,
  primary_rule: rule,
}: Pick<AssessmentSource, 'detector' | 'primary_rule'>): string {
  if (detector === null) return rule === null ? '' : `, ${why[rule]}`;
  // The only judge of each run is not the only one of the file where it names several.
  const several = rule === 'only_judge' && detector.includes(', ');
  const told = rule === null ? '' : `: ${several ? 'each the only judge of its runs' : why[rule]}`;
  return `, judged by ${shortenName(detector, 120)}${told}`;
}

/** The same as figures of a table: who counts, the other, runs, both rates, how many differ, agreement. */
export function agreementCells(claim: AgreementClaim): string[] {
  const { primary, other, runs, differing, kappa, interval } = claim;
  const bounds = interval === null ? '' : ` (${signed(interval.low)} to ${signed(interval.high)})`;
  return [
    primary === null ? 'not named' : shortenName(primary, 120),
    shortenName(other, 120),
    formatCount(runs),
    rated(claim.by_primary),
    rated(claim.by_other),
    formatCount(differing),
    kappa === null ? 'n/a' : `${signed(kappa)}${bounds}`,
  ];
}

export const agreementNote =
  'Rate by each judge over the runs that both judged; Cohen’s κ with its 95 % interval, n/a where both gave every run the same verdict.';

const rated = (rate: Rate | null): string =>
  rate === null ? 'n/a' : `${formatCount(rate.succeeded)} of ${formatCount(rate.assessed)} (${percent(rate.value)})`;

/** Rate by each of two judges, on how many runs they differ, and their agreement beyond chance. */
export function agreementInWords(claim: AgreementClaim): string {
  const { primary, other, runs, differing, kappa, interval } = claim;
  const bounds = interval === null ? '' : `, 95 % interval ${signed(interval.low)} to ${signed(interval.high)}`;
  const agreement =
    kappa === null
      ? 'Cohen’s κ is not defined, because both gave every run the same verdict'
      : `Cohen’s κ ${signed(kappa)}${bounds}`;
  return `${plural(runs, 'run')} ${runs === 1 ? 'was' : 'were'} judged by two: by ${name(primary)}, whose verdicts count, ${rated(claim.by_primary)} succeeded; by ${name(other)} ${rated(claim.by_other)}. They differ on ${plural(differing, 'run')}; ${agreement}.`;
}

/** For a verdict: what it would be by another judge of the same runs. */
export function otherJudgeInWords({ other, by_other, by_primary }: AgreementClaim): string {
  if (by_other === null || by_primary === null) return '';
  return `Judges differ: of ${plural(by_other.assessed, 'run')} that ${name(other)} judged too, ${formatCount(by_other.succeeded)} succeeded by it and ${formatCount(by_primary.succeeded)} by the verdict that counts.`;
}

export const judgesInWords = (names: readonly string[]): string => {
  const shown = names.slice(0, 12).map((one) => shortenName(one, 120));
  if (names.length === 0) return 'not named by the source';
  const all = names.length > shown.length ? [...shown, `${formatCount(names.length - shown.length)} more`] : shown;
  // A verdict over several judges has their names, with commas.
  return names.some((one) => one.includes(', ')) ? all.join('; ') : listInWords(all);
};

const scales: Readonly<Record<ScoreScale, string>> = {
  inverted: 'which counts the other way round',
  from_label: 'a label',
  clipped: 'outside 0 to 1',
};

/** What the judge that counts gave: our score, and the source's own where ours is made from it. */
export function primaryVerdict(
  row: Pick<WithheldRow, 'best_score' | 'best_score_scale' | 'best_trial'>,
  judge: string | null,
): string {
  const { best_score: best, best_score_scale: scale, best_trial: trial } = row;
  const own = trial?.source_score ?? null;
  const converted =
    scale === null || own === null ? '' : ` (made from the source’s ${shortenName(own, 60)}, ${scales[scale]})`;
  const opening = best === null ? 'No score' : `Score ${score(best)}${converted}`;
  return judge === null ? `${opening}; no judge is named with it.` : `${opening}, ${shortenName(judge, 200)}.`;
}

const outcomeWords: Readonly<Record<Outcome, string>> = {
  succeeded: 'succeeded',
  resisted: 'resisted',
  not_assessed: 'not assessed',
};

/** What other judges made of the same trial; empty where there is none. */
export function otherVerdicts(trial: Pick<BestTrial, 'secondary_verdicts' | 'secondary_scores'> | null): string {
  if (trial === null) return '';
  const names = [...new Set([...Object.keys(trial.secondary_verdicts), ...Object.keys(trial.secondary_scores)])].sort();
  if (names.length === 0) return '';
  const told = names.slice(0, 20).map((judge) => {
    const verdict = trial.secondary_verdicts[judge];
    const own = trial.secondary_scores[judge] ?? null;
    const parts = [
      ...(verdict === undefined ? [] : [outcomeWords[verdict]]),
      ...(own === null ? [] : [`score ${score(own)}`]),
    ];
    return `${shortenName(judge, 120)}: ${parts.length === 0 ? 'no verdict' : parts.join(', ')}`;
  });
  const more = names.length > told.length ? `; ${formatCount(names.length - told.length)} more` : '';
  return `Other judges of this trial, which do not count by themselves: ${told.join('; ')}${more}.`;
}

/** With a minus that is none of a hyphen, as other numbers of the report. */
const signed = (value: number): string => value.toFixed(2).replace('-', '\u2212');
