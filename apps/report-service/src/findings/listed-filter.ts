import { AppError, checkDateOrder, type ListedFilter } from '#contracts';

/** The filter among the parameters, without what says nothing. Throws `invalid` for bounds of which none can be met. */
export function listedFilter(query: ListedFilter, loc: readonly string[]): ListedFilter {
  checkDateOrder(query, loc);
  const { created_after, created_before } = query;
  if (created_after && created_before && Date.parse(created_after) > Date.parse(created_before)) {
    const msg = 'created_after must not be later than created_before';
    throw new AppError('invalid', { errors: [{ loc: [...loc, 'created_after'], msg, type: 'date_order' }] });
  }
  return Object.fromEntries(
    filterFields.filter((field) => query[field] !== undefined).map((field) => [field, query[field]]),
  );
}

const filterFields = [
  'assessment_ids',
  'attack_name',
  'category',
  'finding_type',
  'finding_status',
  'severity',
  'min_score',
  'search',
  'created_after',
  'created_before',
  'started_after',
  'started_before',
  'include_undated_assessments',
] as const satisfies readonly (keyof ListedFilter)[];
