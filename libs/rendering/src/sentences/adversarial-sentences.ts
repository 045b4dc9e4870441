import type { Rate } from '#domain';
import { formatCount, interval, percent, plural } from '../format/numbers.ts';

/** The rate of classifiers, which is never mixed with that of language models. */
export function evasionLead(rate: Rate | null, runs: number): string {
  const apart =
    'These runs are in no other rate or score of this report; what evaded or degraded may stand among the findings.';
  if (rate === null) return `${plural(runs, 'run')} on classifiers, none assessed: there is no rate. ${apart}`;
  return `${formatCount(rate.succeeded)} of ${plural(rate.assessed, 'assessed run')} on classifiers evaded: ${percent(rate.value)}, 95 % interval ${interval(rate)}. ${apart}`;
}

export const evasionNote =
  'Evaded: the attack reached its goal. Degraded: it made the classifier worse without reaching it; that is no success and no near miss of an attack on a language model. Rate: evaded of evaded, degraded and robust. Distance: the smallest of a run that evaded.';
