import { severities } from '#domain';
import type { ActionContent, StateMark, TurnContent } from './report-content.ts';

export const stateWords: Readonly<Record<StateMark, string>> = {
  failed: 'failed',
  held: 'held',
  too_little: 'too little',
  not_assessed: 'not assessed',
  not_tested: 'not tested',
  evidence: 'evidence',
};

export const riskLabel = 'Risk score';
export const asrLabel = 'Attack success rate (ASR)';

export const noRows = 'No rows.';

export const actionLabels = {
  findings: 'Findings',
  frameworks: 'Frameworks',
  closes: 'Closes',
  owner: 'Owner',
  due: 'Due',
} as const;

/** How many findings an action closes, and the word behind the number. */
export function closedFindings({ closes }: ActionContent): { readonly count: number; readonly word: string } {
  const count = severities.reduce((sum, severity) => sum + closes[severity], 0);
  return { count, word: count === 1 ? 'finding' : 'findings' };
}

export const speakerName = ({ number, speaker }: TurnContent): string =>
  number === null ? speaker : `${number}  ${speaker}`;

/** What a reader must know of a turn before reading it. */
export const turnWarning = ({ speaker }: TurnContent): string | null =>
  speaker === 'Attacker' ? 'do not run' : speaker === 'Judge' ? 'not a turn' : null;
