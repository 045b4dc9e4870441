import { EntitySchema } from 'typeorm/entity-schema/EntitySchema.js';

/** A project: what one report is about. */
export class Project {
  id!: string;
  organizationId!: string;
  workspaceId!: string;
  slug!: string;
  name!: string;
  description!: string | null;
  createdAt!: Date;
}

export const projectSchema = new EntitySchema<Project>({
  name: 'Project',
  target: Project,
  schema: 'projects',
  tableName: 'project',
  columns: {
    id: { type: 'uuid', primary: true },
    organizationId: { type: 'uuid', name: 'organization_id' },
    workspaceId: { type: 'uuid', name: 'workspace_id' },
    slug: { type: 'text' },
    name: { type: 'text' },
    description: { type: 'text', nullable: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  },
});
