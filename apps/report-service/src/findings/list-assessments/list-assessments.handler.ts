import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import {
  type AssessmentView,
  FindProject,
  ListAssessments,
  ListProjects,
  type Page,
  type WorkspaceRef,
} from '#contracts';
import type { AssessmentRow } from '#domain';
import { Database } from '#platform';
import { assessmentView, listedAssessmentSelect, type StoredAssessment } from '../assessment-view.ts';
import { AssessmentRows } from '../assessment-rows.ts';

@QueryHandler(ListAssessments)
export class ListAssessmentsHandler implements IQueryHandler<ListAssessments> {
  constructor(
    private readonly database: Database,
    private readonly queries: QueryBus,
    private readonly assessments: AssessmentRows,
  ) {}

  async execute({ workspace, projectId, page }: ListAssessments): Promise<Page<AssessmentView>> {
    const projects = projectId ? [projectId] : await this.projectsOf(workspace);
    return this.database.snapshot(workspace.organizationId, async (snapshot) => {
      const stored = await snapshot.query<StoredAssessment>(
        `select ${listedAssessmentSelect} from findings.assessment a where a.project_id = any($1::uuid[])
         order by a.started_at nulls last, a.name, a.key, a.id limit $2 offset $3`,
        [projects, page.limit, (page.page - 1) * page.limit],
      );
      const [all] = await snapshot.query<{ total: number }>(
        'select count(*)::int as total from findings.assessment where project_id = any($1::uuid[])',
        [projects],
      );
      const counted = new Map<string, AssessmentRow>();
      for (const id of new Set(stored.map((row) => row.project_id))) {
        const project = await this.queries.execute(new FindProject(workspace, id, snapshot));
        const ids = stored.filter((row) => row.project_id === id).map((row) => row.id);
        const rows = project ? await this.assessments.readIn(snapshot, project, ids) : [];
        for (const row of rows) counted.set(row.id, row);
      }
      return { entries: stored.map((row) => assessmentView(row, counted.get(row.id))), total: all?.total ?? 0 };
    });
  }

  private async projectsOf(workspace: WorkspaceRef): Promise<string[]> {
    const ids: string[] = [];
    for (let page = 1; ; page += 1) {
      const { entries, total } = await this.queries.execute(new ListProjects(workspace, { page, limit: 100 }));
      ids.push(...entries.map(({ id }) => id));
      if (entries.length === 0 || ids.length >= total) return ids;
    }
  }
}
