import { severities } from '#domain';
import type { ActionContent, StateMark, TurnContent } from './report-content.ts';

export const stateWords: Readonly<Record<StateMark, string>> = {
  failed: 'failed',
  held: 'held',
  too_little: 'too little',
  not_assessed: 'not assessed',
  not_tested: 'not tested',
  unknown: 'unknown',
  evidence: 'evidence',
};

export const riskLabel = 'Risk score';
export const asrLabel = 'Attack success rate (ASR)';

export const noRows = 'No rows.';

export const actionLabels = {
  findings: 'Findings',
  frameworks: 'Frameworks',
  addresses: 'Addresses',
  owner: 'Owner',
  due: 'Due',
} as const;

/** How many open findings an action addresses, and the word behind the number. */
export function addressedFindings({ addresses }: ActionContent): { readonly count: number; readonly word: string } {
  const count = severities.reduce((sum, severity) => sum + addresses[severity], 0);
  return { count, word: count === 1 ? 'open finding' : 'open findings' };
}

export const speakerName = ({ number, speaker }: TurnContent): string =>
  number === null ? speaker : `${number}  ${speaker}`;

/** What a reader must know of a turn before reading it. */
export const turnWarning = ({ speaker }: TurnContent): string | null =>
  speaker === 'Attacker' ? 'do not run' : speaker === 'Judge' ? 'not a turn' : null;
