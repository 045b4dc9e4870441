import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type ConstraintPattern, CountByConstraint } from '#contracts';
import { filterCondition, Parameters, runCondition } from '../rows/row-query.ts';

@QueryHandler(CountByConstraint)
export class CountByConstraintHandler implements IQueryHandler<CountByConstraint> {
  async execute({ project, constraints, request, snapshot }: CountByConstraint): Promise<readonly ConstraintPattern[]> {
    const parameters = new Parameters();
    const scope = runCondition({ projectId: project.projectId, ...request }, parameters);
    // A condition on an absent value is unknown, which is not passed.
    const bits = constraints.map((filter) => `case when ${filterCondition(filter, parameters)} then '1' else '0' end`);
    const rows = await snapshot.query<{ passed: string; rows: number }>(
      `select concat(${bits.join(', ')}) as passed, count(*)::int as rows
       from findings.attack_run where ${scope} group by 1`,
      parameters.values,
    );
    return rows.map(({ passed, rows: count }) => ({ passed: Array.from(passed, (bit) => bit === '1'), rows: count }));
  }
}
