import { dismissedStatuses, type FindingsFilter, type ReportFacts } from '#domain';
import { shortenName } from '../text/shorten-field.ts';
import { displayName } from '../format/display-names.ts';
import { day } from '../format/dates.ts';
import { formatCount, listInWords, plural, score } from '../format/numbers.ts';

const mostNames = 20;

function names(values: readonly string[]): string {
  const shown = values.slice(0, mostNames).map((value) => shortenName(value, 120));
  const more = values.length - shown.length;
  return listInWords(more > 0 ? [...shown, `${formatCount(more)} more`] : shown);
}

/** Each constraint of the filter in words; empty when there is none. */
export function constraintsInWords(filter: FindingsFilter): string[] {
  const words: string[] = [];
  const list = (label: string, values: readonly string[] | undefined): void => {
    if (values && values.length > 0) words.push(`${label} ${names(values)}`);
  };
  if (filter.assessment_ids && filter.assessment_ids.length > 0)
    words.push(plural(filter.assessment_ids.length, 'chosen assessment'));
  list('severity', filter.severity);
  list('attack', filter.attack_name);
  list('category', filter.category?.map(displayName));
  list(
    'type',
    filter.finding_type?.map((type) => type.replaceAll('_', ' ')),
  );
  if (filter.min_score !== undefined) words.push(`best score ${score(filter.min_score)} or more`);
  if (filter.started_after !== undefined) words.push(`assessment started on or after ${day(filter.started_after)}`);
  if (filter.started_before !== undefined) words.push(`assessment started on or before ${day(filter.started_before)}`);
  const dated = filter.started_after !== undefined || filter.started_before !== undefined;
  if (dated)
    words.push(
      filter.include_undated_assessments
        ? 'assessments without a date included'
        : 'assessments without a date left out',
    );
  return words;
}

/** Whether anything narrows the findings of the report. */
export const isFiltered = (filter: FindingsFilter): boolean => constraintsInWords(filter).length > 0;

/** "Findings table and details: all assessments; …". Says what is in, what is out, and that metrics are unfiltered. */
export function filterInWords(facts: Pick<ReportFacts, 'filter' | 'include_adversarial'>, dismissed: number): string {
  const constraints = constraintsInWords(facts.filter);
  const kinds = facts.filter.finding_type?.length ? [] : ['runs that succeeded or came close'];
  const chosen = constraints.length === 0 ? ['all assessments'] : constraints;
  const adversarial = `adversarial-ML results ${facts.include_adversarial ? 'included' : 'excluded'}`;
  const states = dismissedStatuses.map((status) => status.replaceAll('_', ' '));
  const triage = `triage states ${listInWords(states)} excluded (${plural(dismissed, 'run')}, also left out of every metric)`;
  const metrics = constraints.length === 0 ? '' : ' Metrics are unfiltered.';
  return `Findings table and details: ${[...chosen, ...kinds, adversarial, triage].join('; ')}.${metrics}`;
}

/** Where a filter narrows the findings: which it is, and how many it keeps. */
export const filterNote = ({ filter, finding_count }: Pick<ReportFacts, 'filter' | 'finding_count'>): string | null =>
  isFiltered(filter)
    ? `This report lists only findings of: ${constraintsInWords(filter).join('; ')} (${formatCount(finding_count)} of them).`
    : null;

/** Under every section of metrics, once a filter is set. */
export const unfilteredNote = (facts: Pick<ReportFacts, 'filter'>, runs: number): string | null =>
  isFiltered(facts.filter)
    ? `The filter of the findings (${constraintsInWords(facts.filter).join('; ')}) does not act here: counts are of all ${plural(runs, 'attack run')}.`
    : null;
