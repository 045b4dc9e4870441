import { Injectable } from '@nestjs/common';
import { AppError, type AuditAction, type ProjectRef } from '#contracts';
import { AuditTrail, Clock, Database } from '#platform';
import type { EntityManager } from 'typeorm';
import { ReportTemplate, type TemplateText } from './report-template.ts';

interface Revision {
  /** Asked with the template as it stands. */
  readonly changes: (template: ReportTemplate) => Partial<TemplateText>;
  readonly changedBy: string;
  readonly expectedVersions?: readonly number[];
  readonly action: AuditAction;
}

/** Where the templates of projects stand: finds them, and changes them one after another, each change a version. */
@Injectable()
export class TemplateStore {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Throws `not_found` for what is not this project's. */
  async find({ organizationId, projectId }: ProjectRef, id: string): Promise<ReportTemplate> {
    const found = await this.database.read(organizationId, (tx) => tx.findOneBy(ReportTemplate, { id, projectId }));
    return found ?? notFound();
  }

  /** Adds a template; null when the project has `cap` of them already. */
  async add(project: ProjectRef, template: ReportTemplate, cap: number): Promise<ReportTemplate | null> {
    return this.database.transaction(template.organizationId, async (tx) => {
      // One creation at a time in a project: two that count at once would both see room for one.
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('templates of ' || $1, 0))`, [template.projectId]);
      if ((await tx.countBy(ReportTemplate, { projectId: template.projectId })) >= cap) return null;
      await refusingTakenName(() => tx.insert(ReportTemplate, template));
      await keepVersion(tx, template, template.createdBy);
      await this.audit.record(tx, 'template.created', project, template.id);
      return template;
    });
  }

  /**
   * Changes a template under its row's lock, so that of two changes the second sees the first; `conflict` when its
   * version is not an expected one.
   */
  async revise(project: ProjectRef, id: string, revision: Revision): Promise<ReportTemplate> {
    const { organizationId, projectId } = project;
    const { changes, changedBy, expectedVersions, action } = revision;
    return this.database.transaction(organizationId, async (tx) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const template = (await tx.findOne(ReportTemplate, { where: { id, projectId }, lock })) ?? notFound();
      if (expectedVersions?.includes(template.version) === false) {
        const detail = `The template was changed meanwhile; its version is ${template.version}.`;
        throw new AppError('conflict', { detail });
      }
      if (!template.revise(changes(template), this.clock.now())) return template;
      const { version, updatedAt } = template;
      await refusingTakenName(() => tx.update(ReportTemplate, { id }, { ...template.text(), version, updatedAt }));
      await keepVersion(tx, template, changedBy);
      await this.audit.record(tx, action, project, id, { version });
      return template;
    });
  }

  async remove(project: ProjectRef, id: string): Promise<void> {
    const { organizationId, projectId } = project;
    await this.database.transaction(organizationId, async (tx) => {
      const { affected } = await tx.delete(ReportTemplate, { id, projectId });
      if (!affected) notFound();
      await this.audit.record(tx, 'template.deleted', project, id);
    });
  }
}

function notFound(): never {
  throw new AppError('not_found', { detail: 'Template not found.' });
}

async function keepVersion(tx: EntityManager, template: ReportTemplate, by: string | null): Promise<void> {
  await tx.query(
    `insert into templates.report_template_version
       (template_id, version, organization_id, name, description, config, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      template.id,
      template.version,
      template.organizationId,
      template.name,
      template.description,
      JSON.stringify(template.config),
      by,
      template.updatedAt,
    ],
  );
}

async function refusingTakenName(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23505')) throw error;
    throw new AppError('already_exists', { detail: 'The project has a template of this name.' }, { cause: error });
  }
}
