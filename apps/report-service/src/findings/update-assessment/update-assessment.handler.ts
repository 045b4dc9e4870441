import { CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { type AssessmentView, GetAssessment, UpdateAssessment } from '#contracts';
import { AuditTrail, Database, lockProject } from '#platform';
import { projectOfRow } from '../project-of-row.ts';
import { applyPolicy, assessmentValues } from '../save-assessment.ts';

@CommandHandler(UpdateAssessment)
export class UpdateAssessmentHandler implements ICommandHandler<UpdateAssessment> {
  constructor(
    readonly database: Database,
    private readonly audit: AuditTrail,
    readonly queries: QueryBus,
  ) {}

  async execute({ workspace, assessmentId, fields }: UpdateAssessment): Promise<AssessmentView> {
    const { projectId } = await projectOfRow(this, workspace, 'assessment', assessmentId);
    const values = assessmentValues(fields);
    await this.database.transaction(workspace.organizationId, async (tx) => {
      // An import of the project that reads the policy ends first, or sees the new one.
      await lockProject(tx, projectId);
      const assignments = values.map(([column], place) => `${column} = $${place + 2}, `).join('');
      await tx.query(`update findings.assessment set ${assignments} updated_at = now() where id = $1`, [
        assessmentId,
        ...values.map(([, value]) => value),
      ]);
      if (fields.severity_policy !== undefined) await applyPolicy(tx, assessmentId);
      await this.audit.record(tx, 'assessment.updated', { ...workspace, projectId }, assessmentId);
    });
    return this.queries.execute(new GetAssessment(workspace, assessmentId));
  }
}
