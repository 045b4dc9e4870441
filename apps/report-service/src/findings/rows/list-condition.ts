import type { FindingsPageRequest } from '#contracts';
import { filterCondition, type Parameters, reportCondition, runCondition } from './row-query.ts';

/** Which attack runs a list holds, now: every run, or with the view `report` exactly those that a report shows. */
export function listCondition(
  projectId: string,
  { view, includeAdversarial, filter }: Pick<FindingsPageRequest, 'view' | 'includeAdversarial' | 'filter'>,
  parameters: Parameters,
): string {
  const everything = view === 'all';
  const { search, ...rest } = filter;
  const conditions = [
    runCondition({ projectId, watermark: 'current', includeAdversarial, everything }, parameters),
    everything ? filterCondition(rest, parameters) : reportCondition(rest, includeAdversarial, parameters),
  ];
  if (search !== undefined && search !== '') {
    const words = parameters.add(search);
    conditions.push(`id in (select findings.runs_with_words(${parameters.add(projectId)}::uuid, ${words}))`);
  }
  return conditions.join(' and ');
}
