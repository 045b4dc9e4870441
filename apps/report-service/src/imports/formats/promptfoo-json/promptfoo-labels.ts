import type { Severity } from '#domain';

import type { StagedTrial } from '../staged-record.ts';

/** Words that both of promptfoo's files share. */

const severityLabels: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'info',
  informational: 'info',
  none: 'info',
};

/** The label that a plugin puts on its rows; undefined for a word that is none. */
export function severityLabel(label: string | undefined): Severity | undefined {
  const key = label?.trim().toLowerCase() ?? '';
  return Object.hasOwn(severityLabels, key) ? severityLabels[key] : undefined;
}

/** A strategy is attack and transform at once; `basic` and none leave the prompt as it is. */
export function strategyTransforms(strategy: string): readonly string[] {
  return strategy === basicStrategy ? [] : [strategy];
}

export const basicStrategy = 'basic';

/** Warns of a row that promptfoo calls passed because nothing was asked of it. */
export const uncheckedRow = 'no assertion judged the row: not assessed';

/** promptfoo grades how well the target held: ours is the reverse, for ranking only. `written`: as the file has it. */
export function reversedScore(
  score: number | undefined,
  written = score === undefined ? '' : String(score),
): Pick<StagedTrial, 'score' | 'source_score' | 'score_scale'> {
  if (score === undefined) return {};
  return { score: Math.min(1, Math.max(0, 1 - score)), source_score: written.trim(), score_scale: 'inverted' };
}
