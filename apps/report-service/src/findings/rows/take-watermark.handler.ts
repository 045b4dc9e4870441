import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TakeWatermark } from '#contracts';

@QueryHandler(TakeWatermark)
export class TakeWatermarkHandler implements IQueryHandler<TakeWatermark> {
  async execute({ project, snapshot }: TakeWatermark): Promise<readonly string[]> {
    const rows = await snapshot.query<{ id: string }>(
      `select id from findings.import_run where project_id = $1 and status = 'completed' and not restores
       order by completed_at, id`,
      [project.projectId],
    );
    return rows.map((row) => row.id);
  }
}
