import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { AppError, type AssessmentView, CreateAssessment, FindProject, GetAssessment } from '#contracts';
import { AuditTrail, Database } from '#platform';
import { assessmentValues } from '../save-assessment.ts';

@CommandHandler(CreateAssessment)
export class CreateAssessmentHandler implements ICommandHandler<CreateAssessment> {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly queries: QueryBus,
  ) {}

  async execute({ workspace, projectId, fields }: CreateAssessment): Promise<AssessmentView> {
    const project = await this.queries.execute(new FindProject(workspace, projectId));
    if (!project) throw new AppError('not_found');
    const id = randomUUID();
    const values = [
      ['id', id],
      ['organization_id', project.organizationId],
      ['project_id', project.projectId],
      // No file names it so; what a file may say instead is found by the imports.
      ['key', id],
      ['made_by_request', true],
      ...assessmentValues({ ...fields, status: fields.status ?? 'pending' }),
    ] as const;
    await this.database.transaction(workspace.organizationId, async (tx) => {
      await tx.query(
        `insert into findings.assessment (${values.map(([column]) => column).join(', ')})
         values (${values.map((_, place) => `$${place + 1}`).join(', ')})`,
        values.map(([, value]) => value),
      );
      await this.audit.record(tx, 'assessment.created', project, id);
    });
    return this.queries.execute(new GetAssessment(workspace, id));
  }
}
