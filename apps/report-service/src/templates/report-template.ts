import { randomUUID } from 'node:crypto';
import { EntitySchema } from 'typeorm/entity-schema/EntitySchema.js';
import type { ProjectRef, TemplateContent, TemplateView } from '#contracts';
import { canonicalJson, derivePreset, expandPreset, logoOf, type TemplateConfig } from '#domain';

/** What a template says; every change of it is a version. */
export interface TemplateText {
  readonly name: string;
  readonly description: string | null;
  readonly config: TemplateConfig;
}

/** A report template in its current version. The versions before it are rows that nobody changes. */
export class ReportTemplate {
  id!: string;
  organizationId!: string;
  projectId!: string;
  name!: string;
  description!: string | null;
  version!: number;
  config!: TemplateConfig;
  createdBy!: string | null;
  createdAt!: Date;
  updatedAt!: Date;

  private constructor() {
    // TypeORM makes instances without arguments; everybody else calls `create`.
  }

  static create(project: ProjectRef, text: TemplateText, createdBy: string, at: Date): ReportTemplate {
    return Object.assign(new ReportTemplate(), {
      id: randomUUID(),
      organizationId: project.organizationId,
      projectId: project.projectId,
      ...text,
      version: 1,
      createdBy,
      createdAt: at,
      updatedAt: at,
    });
  }

  /** Takes on what is given as the next version; false when that would say the same. */
  revise(changes: Partial<TemplateText>, at: Date): boolean {
    const { name, description, config } = { ...this.text(), ...changes };
    if (canonicalJson({ name, description, config }) === canonicalJson(this.text())) return false;
    Object.assign(this, { name, description, config, version: this.version + 1, updatedAt: at });
    return true;
  }

  text(): TemplateText {
    return { name: this.name, description: this.description, config: this.config };
  }

  view(): TemplateView {
    return {
      id: this.id,
      name: this.name,
      description: this.description,
      project_id: this.projectId,
      version: this.version,
      config: this.config,
      preset: derivePreset(this.config),
      branding_logo_oid: logoOf(this.config),
      created_by: this.createdBy,
      created_at: this.createdAt,
      updated_at: this.updatedAt,
    };
  }
}

/** The class itself is stored: no second persistence model, no mapper (ADR 0004). */
export const reportTemplateSchema = new EntitySchema<ReportTemplate>({
  name: 'ReportTemplate',
  target: ReportTemplate,
  schema: 'templates',
  tableName: 'report_template',
  columns: {
    id: { type: 'uuid', primary: true },
    organizationId: { type: 'uuid', name: 'organization_id' },
    projectId: { type: 'uuid', name: 'project_id' },
    name: { type: 'text' },
    description: { type: 'text', nullable: true },
    version: { type: 'int' },
    config: { type: 'jsonb' },
    createdBy: { type: 'uuid', name: 'created_by', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    updatedAt: { type: 'timestamptz', name: 'updated_at' },
  },
});

/** What is stored of either form. */
export const configOf = (content: TemplateContent): TemplateConfig =>
  'config' in content ? content.config : expandPreset(content.preset);
