import { warn } from './warn.ts';
import type { ReadTally, StagedTrial } from '../staged-record.ts';

/** A score on our scale. Beyond 0 to 1 it is kept at the nearer end, beside what the file says, with a warning. */
export function unitScore(
  score: number | null | undefined,
  tally: ReadTally,
): Pick<StagedTrial, 'score' | 'source_score' | 'score_scale'> {
  if (score === null || score === undefined) return {};
  if (score >= 0 && score <= 1) return { score };
  warn(tally, 'score outside 0 to 1 set to the nearer end');
  return { score: score < 0 ? 0 : 1, source_score: String(score), score_scale: 'clipped' };
}
