import type { StagedTrial } from '../staged-record.ts';

/** What a row tells about one exchange. */
export interface TrialSigns {
  /** The source's own verdict; wins over the score. */
  readonly verdict?: 'succeeded' | 'resisted' | undefined;
  readonly score?: number | undefined;
  /** Undefined: the target gave no answer. */
  readonly response: string | undefined;
  /** The source says that the target or the call failed. */
  readonly failed?: boolean;
  /** False: the source never judged the row. */
  readonly evaluated?: boolean;
}

type TrialJudgement = Pick<StagedTrial, 'outcome' | 'not_assessed_reason' | 'suspected_target_error'>;

/** Outcome of one trial. What was not seen is not assessed, never resisted. */
export function judgeTrial(
  signs: TrialSigns,
  rules: { readonly threshold: number; readonly keepSuspectedErrors: boolean },
): TrialJudgement {
  if (signs.failed === true) return notAssessed('target_error');
  if (signs.evaluated === false) return notAssessed('not_evaluated');
  if (signs.response === undefined || signs.response.trim() === '') return notAssessed('empty_answer');
  if (!rules.keepSuspectedErrors && looksLikeTargetError(signs.response)) {
    return { ...notAssessed('suspected_target_error'), suspected_target_error: true };
  }
  if (signs.verdict !== undefined) return { outcome: signs.verdict };
  if (signs.score === undefined) return notAssessed('no_score');
  return { outcome: signs.score >= rules.threshold ? 'succeeded' : 'resisted' };
}

function notAssessed(reason: NonNullable<StagedTrial['not_assessed_reason']>): TrialJudgement {
  return { outcome: 'not_assessed', not_assessed_reason: reason };
}

/**
 * A traceback as the answer: it opens the text, give or take the line that names the exception. A traceback further
 * down, or in a code block, is something that the model wrote about.
 */
export function looksLikeTargetError(response: string): boolean {
  const opening = response.slice(0, 2_000);
  const traceback =
    /^(?:Traceback \(most recent call last\):\s*\n\s+File "|\s+at \S.*\(.*:\d+(?::\d+)?\)|Exception in thread ")/m.exec(
      opening,
    );
  if (traceback === null) return false;
  const before = opening.slice(0, traceback.index);
  return !before.includes('```') && before.split('\n').length <= 6 && looksLikeException(before);
}

/** Nothing, or lines that name an exception; prose before it means that the model speaks. */
function looksLikeException(text: string): boolean {
  return text.trim() === '' || /\w*(?:Error|Exception)\b/.test(text);
}
