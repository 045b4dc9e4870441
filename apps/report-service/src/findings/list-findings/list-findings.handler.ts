import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { type FindingSummary, ListFindings, type Page, TakeWatermark } from '#contracts';
import { Database } from '#platform';
import { filterCondition, Parameters, reportCondition, runsInScope, worstFirst } from '../resolve-rows/row-query.ts';

@QueryHandler(ListFindings)
export class ListFindingsHandler implements IQueryHandler<ListFindings> {
  constructor(
    private readonly database: Database,
    private readonly queries: QueryBus,
  ) {}

  async execute({ project, request }: ListFindings): Promise<Page<FindingSummary>> {
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
      const parameters = new Parameters();
      const all = request.view === 'all';
      const scope = runsInScope(
        {
          projectId: project.projectId,
          watermark,
          includeAdversarial: request.includeAdversarial,
          includeDismissed: all,
        },
        parameters,
      );
      const condition = all
        ? filterCondition(request.filter, parameters)
        : reportCondition(request.filter, request.includeAdversarial, parameters);
      const [count] = await snapshot.query<{ total: number }>(
        `with ${scope} select count(*)::int as total from run where ${condition}`,
        [...parameters.values],
      );
      const limit = parameters.add(request.pageSize);
      const offset = parameters.add((request.page - 1) * request.pageSize);
      const rows = await snapshot.query<FindingSummary>(
        `with ${scope} select id, assessment_id, assessment_name, attack_name, category, goal, transforms as transforms_applied,
           outcome, outcome = 'succeeded' as is_jailbreak, finding_type, finding_status, severity, severity_source,
           best_score, total_trials, target_model, compliance as compliance_tags, source_ref
         from run where ${condition} order by ${worstFirst('run')} limit ${limit} offset ${offset}`,
        parameters.values,
      );
      return { rows, total: count?.total ?? 0 };
    });
  }
}
