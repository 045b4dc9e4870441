import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { type ImportView, ListImports, type Page } from '#contracts';
import { Database } from '#platform';
import { type ImportRow, importView } from '../import-row.ts';

@QueryHandler(ListImports)
export class ListImportsHandler implements IQueryHandler<ListImports> {
  constructor(private readonly database: Database) {}

  async execute({ project, page }: ListImports): Promise<Page<ImportView>> {
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const rows = await snapshot.query<ImportRow>(
        'select * from findings.import_run where project_id = $1 order by created_at desc, id limit $2 offset $3',
        [project.projectId, page.limit, (page.page - 1) * page.limit],
      );
      const [all] = await snapshot.query<{ total: number }>(
        'select count(*)::int as total from findings.import_run where project_id = $1',
        [project.projectId],
      );
      return { entries: rows.map(importView), total: all?.total ?? 0 };
    });
  }
}
