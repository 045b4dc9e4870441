import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type ConstraintField, FindNearestValue } from '#contracts';
import { Parameters, reportCondition, runCondition } from '../rows/row-query.ts';

/** As many values as a person reads; the most frequent come first. */
const shown = 20;
/** Longest name that a filter takes. */
const longestName = 300;

type Nearest = string | number | readonly string[] | null;

@QueryHandler(FindNearestValue)
export class FindNearestValueHandler implements IQueryHandler<FindNearestValue> {
  async execute({ project, field, request, snapshot }: FindNearestValue): Promise<Nearest> {
    const parameters = new Parameters();
    const where = `${runCondition({ projectId: project.projectId, ...request }, parameters)}
      and ${reportCondition(request.filter, request.includeAdversarial, parameters)}`;
    const one = async (expression: string): Promise<Nearest> => {
      const [row] = await snapshot.query<{ value: string | number | null }>(
        `select ${expression} as value from findings.attack_run where ${where}`,
        parameters.values,
      );
      return row?.value ?? null;
    };
    const started = '(select a.started_at from findings.assessment a where a.id = assessment_id)';
    switch (field) {
      case 'min_score':
        return one('max(best_score)');
      case 'started_after':
        return one(isoUtc(`max(${started})`));
      case 'started_before':
        return one(isoUtc(`min(${started})`));
      default: {
        const column = columns[field];
        const rows = await snapshot.query<{ value: string }>(
          `select ${column}::text as value from findings.attack_run
           where ${where} and length(${column}::text) <= ${longestName}
           group by ${column} order by count(*) desc, 1 limit ${shown}`,
          parameters.values,
        );
        return rows.length > 0 ? rows.map(({ value }) => value) : null;
      }
    }
  }
}

const columns: Readonly<Record<Exclude<ConstraintField, 'min_score' | 'started_after' | 'started_before'>, string>> = {
  assessment_ids: 'assessment_id',
  attack_name: 'attack_name',
  category: 'category',
  finding_type: 'finding_type',
  severity: 'severity',
};

/** To the microsecond: a bound that was rounded would leave out the row it was taken from. */
function isoUtc(expression: string): string {
  return `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}
