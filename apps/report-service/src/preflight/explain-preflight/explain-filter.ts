import type { QueryBus } from '@nestjs/cqrs';
import {
  type ConstraintField,
  CountByConstraint,
  CountRows,
  type FilterExplanation,
  FindNearestValue,
  type ProjectRef,
  type RowRequest,
  type Snapshot,
} from '#contracts';
import { type FindingsFilter, type FindingType, reportedAdversarialTypes, reportedFindingTypes } from '#domain';
import { constraintsOf, isDate, rowsWithout, smallestBlame, without } from './constraints.ts';

/** What each constraint takes away, and the nearest filter that leaves some rows: one scan, then a look for each constraint to blame. */
export async function explainFilter(
  queries: QueryBus,
  project: ProjectRef,
  request: RowRequest,
  snapshot: Snapshot,
): Promise<FilterExplanation> {
  const constraints = constraintsOf(request.filter);
  const usualTypes: FindingType[] = request.includeAdversarial
    ? [...reportedFindingTypes, ...reportedAdversarialTypes]
    : [...reportedFindingTypes];
  const patterns = await queries.execute(
    new CountByConstraint(
      project,
      [...constraints.map(({ filter }) => filter), { finding_type: usualTypes }],
      request,
      snapshot,
    ),
  );
  const rows = (dropped: readonly ConstraintField[]): number => rowsWithout(patterns, constraints, new Set(dropped));
  const blamed = smallestBlame(patterns, constraints);
  return {
    unfiltered_rows: rows(constraints.map(({ field }) => field)),
    constraints: constraints.map(({ field }) => ({ field, rows_without: rows([field]) })),
    to_blame: blamed,
    suggestion: blamed.length === 0 ? null : await loosen(queries, project, request, snapshot, blamed),
  };
}

/** Moves each blamed constraint as little as leaves rows, one after the other, so that they go together. */
async function loosen(
  queries: QueryBus,
  project: ProjectRef,
  request: RowRequest,
  snapshot: Snapshot,
  blamed: readonly ConstraintField[],
): Promise<FilterExplanation['suggestion']> {
  let filter = without(request.filter, blamed);
  for (const field of blamed) {
    const nearest = await queries.execute(new FindNearestValue(project, field, { ...request, filter }, snapshot));
    filter = { ...filter, ...looser(field, nearest, request.filter) };
  }
  const counted = await queries.execute(new CountRows(project, ['findings'], { ...request, filter }, snapshot));
  const rows = counted.get('findings') ?? 0;
  return rows > 0 ? { filters: filter, rows } : null;
}

function looser(
  field: ConstraintField,
  nearest: string | number | readonly string[] | null,
  asked: FindingsFilter,
): FindingsFilter {
  if (nearest !== null) return { [field]: nearest };
  // No assessment here has a date: the bound stays, and lets undated ones in.
  if (isDate(field)) return { [field]: asked[field], include_undated_assessments: true };
  return {};
}
