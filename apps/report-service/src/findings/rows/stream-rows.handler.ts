import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type RowRequest, type Snapshot, StreamRows } from '#contracts';
import { type RowOf, type RowSource, runColumns } from '#domain';
import { rowsAtOnce, textBytes, trialBytes, usualRows } from './byte-budget.ts';
import { rowStatement } from './row-sources.ts';

/** Heads are short, and read at once in larger numbers. */
const mostHeads = 250;

/** Of each finding as a report reads it: its run, the scores of its trials, and the texts of the best one. */
const sizesOfHeads = `
  select ${textBytes(runColumns, 'r')} as bytes from findings.attack_run r where r.project_id = $1`;
const sizesOfFindings = `
  select ${textBytes(runColumns, 'r')} + r.total_trials * 20 + coalesce(${trialBytes}, 0) as bytes
  from findings.attack_run r left join findings.trial t on t.attack_run_id = r.id and t.ordinal = r.best_trial
  where r.project_id = $1`;

@QueryHandler(StreamRows)
export class StreamRowsHandler implements IQueryHandler<StreamRows> {
  async execute({
    project: { projectId },
    source,
    request,
    snapshot,
  }: StreamRows): Promise<AsyncIterable<readonly RowOf<RowSource>[]>> {
    const statement = rowStatement(source, projectId, request);
    const atOnce = source === 'findings' ? await findingsAtOnce(snapshot, projectId, request) : usualRows;
    return snapshot.stream(
      `${statement.with}, rows as (${statement.rows}) ${statement.read}`,
      [...statement.parameters],
      atOnce,
    );
  }
}

function findingsAtOnce(snapshot: Snapshot, projectId: string, { headsOnly }: RowRequest): Promise<number> {
  return headsOnly
    ? rowsAtOnce(snapshot, sizesOfHeads, [projectId], mostHeads)
    : rowsAtOnce(snapshot, sizesOfFindings, [projectId]);
}
