import { type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import { AppError, type AssessmentView, GetAssessment } from '#contracts';
import { Database } from '#platform';
import { assessmentSelect, assessmentView, type StoredAssessment } from '../assessment-view.ts';
import { projectOfRow } from '../project-of-row.ts';
import { AssessmentRows } from '../assessment-rows.ts';

@QueryHandler(GetAssessment)
export class GetAssessmentHandler implements IQueryHandler<GetAssessment> {
  constructor(
    readonly database: Database,
    readonly queries: QueryBus,
    private readonly assessments: AssessmentRows,
  ) {}

  async execute({ workspace, assessmentId }: GetAssessment): Promise<AssessmentView> {
    const project = await projectOfRow(this, workspace, 'assessment', assessmentId);
    return this.database.snapshot(workspace.organizationId, async (snapshot) => {
      const [stored] = await snapshot.query<StoredAssessment>(
        `select ${assessmentSelect} from findings.assessment a where a.id = $1`,
        [assessmentId],
      );
      if (!stored) throw new AppError('not_found');
      const [counted] = await this.assessments.readIn(snapshot, project, [assessmentId]);
      return assessmentView(stored, counted);
    });
  }
}
