import { severityBands, type SeveritySource } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { severityMarks } from '../theme/colours.ts';
import { attackInWords } from '../format/display-names.ts';
import { countInWords, formatCount, score } from '../format/numbers.ts';
import type { WithheldRow } from '../evidence/withhold-evidence.ts';

const severitySources: Readonly<Record<SeveritySource, string>> = {
  human: 'an analyst',
  source: 'the source file',
  score_band: 'score band',
  category_default: 'default of the category',
  fallback: 'default, because nothing else says one',
};

/** One line under the heading: why this severity, where it comes from, k of n trials, status. */
export function whyThisSeverity(row: WithheldRow): string {
  const status = `Status: ${row.finding_status.replaceAll('_', ' ')}.`;
  return [severitySentence(row), trialsSentence(row), status].join(' ');
}

function severitySentence(row: WithheldRow): string {
  if (row.severity === null) return 'No severity: nothing succeeded or came close.';
  const { word } = severityMarks[row.severity];
  const source = row.severity_source === null ? 'not stated' : severitySources[row.severity_source];
  if (row.severity_source === 'score_band' && row.best_score !== null) {
    const from = severityBands.find(([severity]) => severity === row.severity)?.[1] ?? 0;
    return `${word}, because the judge score ${score(row.best_score)} lies in the band from ${score(from)}. Severity source: score band.`;
  }
  return `${word}. Severity source: ${source}.`;
}

const trialWord = (count: number): string => (count === 1 ? 'trial' : 'trials');

export function trialsInWords(row: Pick<WithheldRow, 'succeeded_trials' | 'trials'>): string {
  return `${formatCount(row.succeeded_trials)} of ${formatCount(row.trials)} ${trialWord(row.trials)}`;
}

function trialsSentence(row: WithheldRow): string {
  if (row.trials === 0) return 'No trial recorded.';
  const open = row.not_assessed_trials > 0 ? `, ${formatCount(row.not_assessed_trials)} not assessed` : '';
  return `Succeeded in ${trialsInWords(row)}${open}.`;
}

/** "Succeeded in 4 of 5 trials of crescendo with persona; best judge score 0.98." */
export function whatHappened(row: WithheldRow): string {
  const attack = shortenName(attackInWords(row.attack_name, row.transforms), 400);
  const best = row.best_score === null ? 'no judge score' : `best judge score ${score(row.best_score)}`;
  switch (row.outcome) {
    case 'succeeded':
      return row.trials === 0
        ? `Succeeded by ${attack}; ${best}.`
        : `Succeeded in ${trialsInWords(row)} of ${attack}; ${best}.`;
    case 'resisted': {
      const close = row.finding_type === 'partial' ? ' It came close.' : '';
      return `Resisted in all ${formatCount(row.trials - row.not_assessed_trials)} assessed ${trialWord(row.trials - row.not_assessed_trials)} of ${attack}; ${best}.${close}`;
    }
    case 'not_assessed':
      return `None of ${countInWords(row.trials)} ${trialWord(row.trials)} of ${attack} could be assessed.`;
  }
}
