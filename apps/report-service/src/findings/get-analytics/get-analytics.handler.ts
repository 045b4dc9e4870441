import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import {
  type AnalyticsView,
  GetAnalytics,
  type ProjectRef,
  type RowRequest,
  type Snapshot,
  StreamRows,
  TakeWatermark,
} from '#contracts';
import { assessmentMetrics, frameworkKeys, type RowOf, type RowSource } from '#domain';
import { Database } from '#platform';
import { projectOfRow } from '../project-of-row.ts';
import { worstFindings } from '../rows/worst-findings.ts';
import { Parameters, reportCondition, runCondition, runsInScope } from '../rows/row-query.ts';
import { campaignAnalytics, type ExecutionRow } from './campaign-analytics.ts';

const mostFindings = 20;

@QueryHandler(GetAnalytics)
export class GetAnalyticsHandler implements IQueryHandler<GetAnalytics> {
  constructor(
    readonly database: Database,
    readonly queries: QueryBus,
  ) {}

  async execute({ workspace, assessmentId }: GetAnalytics): Promise<AnalyticsView> {
    const project = await projectOfRow(this, workspace, 'assessment', assessmentId);
    return this.database.snapshot(workspace.organizationId, async (snapshot) => {
      const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
      const request = {
        filter: {},
        frameworks: frameworkKeys,
        includeAdversarial: false,
        watermark,
        assessmentIds: [assessmentId],
        pooled: true as const,
      };
      const rowsOf = <S extends RowSource>(source: S): Promise<readonly RowOf<S>[]> =>
        this.read(project, source, request, snapshot);
      const [counted] = await rowsOf('assessments');
      const merged = assessmentMetrics(counted);
      const snapshotOfCampaign = campaignAnalytics({
        merged,
        byAttack: await rowsOf('asr_by_attack'),
        byCategory: await rowsOf('asr_by_category'),
        byTransform: await rowsOf('asr_by_transform'),
        strata: await this.read(project, 'lift_strata', { ...request, pooled: undefined }, snapshot),
        byGoal: await rowsOf('asr_by_goal'),
        complianceItems: await rowsOf('compliance_items'),
        categories: await rowsOf('finding_categories'),
        worst: await worst(snapshot, project, assessmentId),
        execution: await execution(snapshot, project, request),
      });
      return {
        assessment_id: assessmentId,
        risk_score: merged.risk?.score?.value ?? 0,
        overall_asr: merged.asr?.value ?? 0,
        total_attacks: merged.total,
        total_trials: merged.trials,
        analytics_snapshot: snapshotOfCampaign,
      };
    });
  }

  private async read<S extends RowSource>(
    project: ProjectRef,
    source: S,
    request: RowRequest,
    snapshot: Snapshot,
  ): Promise<readonly RowOf<S>[]> {
    const rows: RowOf<S>[] = [];
    const batches = await this.queries.execute<StreamRows<S>, AsyncIterable<readonly RowOf<S>[]>>(
      new StreamRows(project, source, request, snapshot),
    );
    for await (const batch of batches) rows.push(...batch);
    return rows;
  }
}

function worst(snapshot: Snapshot, { projectId }: ProjectRef, assessmentId: string): ReturnType<typeof worstFindings> {
  const parameters = new Parameters();
  const scope = {
    projectId,
    watermark: 'current' as const,
    includeAdversarial: false,
    assessmentIds: [assessmentId],
  };
  const condition = `${runCondition(scope, parameters)} and ${reportCondition({}, false, parameters)}`;
  return worstFindings(snapshot, condition, parameters, mostFindings);
}

/** What no section of a report prints: times, and trials that ended in an error. */
async function execution(snapshot: Snapshot, { projectId }: ProjectRef, request: RowRequest): Promise<ExecutionRow> {
  const parameters = new Parameters();
  const scope = runsInScope({ projectId, ...request }, parameters);
  const [row] = await snapshot.query<ExecutionRow>(
    `with ${scope}
     select coalesce(sum(not_assessed_trials), 0)::int as failed_trials,
       coalesce(sum(execution_time_s), 0)::float8 as execution_time_s,
       coalesce((select avg(t.execution_time_ms) from findings.trial t join run r on r.id = t.attack_run_id), 0)::float8
         as trial_time_ms
     from run`,
    parameters.values,
  );
  return row ?? { failed_trials: 0, execution_time_s: 0, trial_time_ms: 0 };
}
