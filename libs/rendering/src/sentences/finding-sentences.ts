import { digitsBeside, type ScoreScale, scoreBorders, severityBands, type SeveritySource } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { severityMarks } from '../theme/colours.ts';
import { attackInWords } from '../format/display-names.ts';
import { formatCount, noBreakSpace, ofTotal, score } from '../format/numbers.ts';
import type { WithheldRow } from '../evidence/withhold-evidence.ts';

const severitySources: Readonly<Record<SeveritySource, string>> = {
  human: 'an analyst',
  source: 'the source file',
  score_band: 'score band',
  category_default: 'default of the category',
  fallback: 'default, because nothing else says one',
};

/** Two digits, or as many as keep it on its side of every border that decides something. */
export const scoreInWords = (value: number): string => value.toFixed(digitsBeside(value, scoreBorders));

/** One line under the heading: why this severity, where it comes from, k of n trials, status. */
export function whyThisSeverity(row: WithheldRow): string {
  const status = `Status: ${row.finding_status.replaceAll('_', ' ')}.`;
  return [severitySentence(row), trialsSentence(row), status].join(' ');
}

function severitySentence(row: WithheldRow): string {
  if (row.severity === null)
    return row.outcome === 'not_assessed'
      ? 'No severity: no trial could be assessed.'
      : 'No severity: nothing succeeded or came close.';
  const { word } = severityMarks[row.severity];
  if (row.by_policy) {
    const by = row.best_score === null ? '' : `, for a score of ${scoreInWords(row.best_score)}${madeByUs(row)}`;
    return `${word} by the severity policy of the assessment${by}.`;
  }
  const source = row.severity_source === null ? 'not stated' : severitySources[row.severity_source];
  if (row.severity_source === 'score_band' && row.best_score !== null) {
    return `${word}, because the score ${scoreInWords(row.best_score)}${madeByUs(row)} lies in the band ${bandOfSeverity(row.severity)}. Severity source: score band.`;
  }
  return `${word}. Severity source: ${source}.`;
}

const madeByUs = ({ best_score_scale: scale }: WithheldRow): string => (scale === null ? '' : ' (converted)');

/** "from 0.70 to below 0.90". */
export function bandOfSeverity(severity: (typeof severityBands)[number][0]): string {
  const index = severityBands.findIndex(([one]) => one === severity);
  const from = severityBands[index]?.[1] ?? 0;
  const to = severityBands[index - 1]?.[1];
  if (to === undefined) return `from ${score(from)}`;
  return from === 0 ? `below ${score(to)}` : `from ${score(from)} to below ${score(to)}`;
}

type Trials = Pick<WithheldRow, 'coverage' | 'succeeded_trials' | 'trials' | 'not_assessed_trials'>;

const trialWord = (count: number): string => (count === 1 ? 'trial' : 'trials');
const assessedTrials = (row: Trials): number => row.trials - row.not_assessed_trials;

/** "4 of 5 trials", "1 of 2 assessed trials"; of a hit log, which holds no trial that failed, "at least 3 trials". */
export function trialsInWords(row: Trials): string {
  if (row.coverage === 'hits_only')
    return `at least ${formatCount(row.succeeded_trials)}${noBreakSpace}${trialWord(row.succeeded_trials)}`;
  const assessed = assessedTrials(row);
  const which = row.not_assessed_trials > 0 ? 'assessed ' : '';
  // "1 of 1" reads like a rate.
  if (assessed === 1 && row.succeeded_trials === 1) return `its one ${which}trial`;
  return `${formatCount(row.succeeded_trials)} of ${formatCount(assessed)} ${which}${trialWord(assessed)}`;
}

/** "4 / 5" of the assessed ones; of a hit log "3 hits". */
export const trialsInShort = (row: Trials): string =>
  row.coverage === 'hits_only'
    ? `${formatCount(row.succeeded_trials)}${noBreakSpace}${row.succeeded_trials === 1 ? 'hit' : 'hits'}`
    : ofTotal(row.succeeded_trials, assessedTrials(row));

const lostTrials = ({ not_assessed_trials: lost }: Trials): string =>
  lost === 0 ? '' : `; ${formatCount(lost)} more ${lost === 1 ? 'was' : 'were'} not assessed`;

export const triedUnknown = 'how many were tried is not in the file';

function trialsSentence(row: WithheldRow): string {
  if (row.trials === 0) return 'No trial recorded.';
  if (row.coverage === 'hits_only') {
    const count = row.succeeded_trials;
    return `${formatCount(count)}${noBreakSpace}successful ${trialWord(count)}; ${triedUnknown}.`;
  }
  if (assessedTrials(row) === 0) return `No verdict in ${formatCount(row.trials)} ${trialWord(row.trials)}.`;
  return `Succeeded in ${trialsInWords(row)}${lostTrials(row)}.`;
}

/** "Succeeded in 4 of 5 trials of crescendo with persona; best score 0.98." */
export function whatHappened(row: WithheldRow): string {
  const attack = shortenName(attackInWords(row.attack_name, row.transforms), 400);
  const best = bestScoreInWords(row);
  const assessed = assessedTrials(row);
  switch (row.outcome) {
    case 'succeeded':
      if (row.trials === 0) return `Succeeded by ${attack}; ${best}.`;
      return row.coverage === 'hits_only'
        ? `Succeeded in ${trialsInWords(row)} of ${attack}; ${triedUnknown}; ${best}.`
        : `Succeeded in ${trialsInWords(row)} of ${attack}${lostTrials(row)}; ${best}.`;
    case 'resisted': {
      const close = row.finding_type === 'partial' ? ' It came close, and did not succeed.' : '';
      const what =
        row.finding_type === 'degradation' ? 'Made the classifier worse without reaching the goal,' : 'Resisted';
      return `${what} in ${allOf(assessed)} of ${attack}${lostTrials(row)}; ${best}.${close}`;
    }
    case 'not_assessed':
      return row.trials === 1
        ? `The one trial of ${attack} could not be assessed.`
        : `None of ${formatCount(row.trials)} trials of ${attack} could be assessed.`;
  }
}

/** How a score that is not the file's own number came of it. */
const conversions: Readonly<Record<Exclude<ScoreScale, 'from_label'>, string>> = {
  inverted: 'converted: 1 minus the file’s score',
  clipped: 'cut to the range from 0 to 1',
};

/** "best score 0.33, converted: 1 minus the file’s score"; no judge gave a score that we made. */
function bestScoreInWords({
  best_score: best,
  best_score_scale: scale,
  best_trial: trial,
  score_meaning: meaning,
}: Pick<WithheldRow, 'best_score' | 'best_score_scale' | 'best_trial' | 'score_meaning'>): string {
  if (best === null) return 'no score';
  const words = `best score ${scoreInWords(best)}${meaning === 'ranking_only' ? ', which only ranks trials' : ''}`;
  if (scale === null) return words;
  if (scale !== 'from_label') return `${words}, ${conversions[scale]}`;
  const label = trial?.source_score ?? null;
  return `${words}, from ${label === null ? 'a label of the file' : `the file’s label ${shortenName(label, 60)}`}`;
}

function allOf(assessed: number): string {
  if (assessed === 1) return 'its one assessed trial';
  return assessed === 2 ? 'both assessed trials' : `all ${formatCount(assessed)} assessed trials`;
}
