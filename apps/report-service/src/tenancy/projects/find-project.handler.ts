import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { FindProject, type ProjectRef } from '#contracts';
import { Database } from '#platform';

interface FoundProject {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

@QueryHandler(FindProject)
export class FindProjectHandler implements IQueryHandler<FindProject> {
  constructor(private readonly database: Database) {}

  async execute({ workspace, project, snapshot }: FindProject): Promise<ProjectRef | null> {
    const { organizationId, workspaceId } = workspace;
    const asked = [workspaceId, project];
    const [found] = snapshot
      ? await snapshot.query<FoundProject>(projectOfWorkspace, asked)
      : await this.database.read(organizationId, (tx) => tx.query<FoundProject[]>(projectOfWorkspace, asked));
    return found ? { organizationId, workspaceId, projectId: found.id, name: found.name, path: found.path } : null;
  }
}

const projectOfWorkspace = `
  select p.id, p.name, '/api/v1/org/' || o.slug || '/ws/' || w.slug || '/airt/projects/' || p.slug as path
  from projects.project p
  join projects.workspace w on w.id = p.workspace_id
  join projects.organization o on o.id = p.organization_id
  where p.workspace_id = $1 and (p.slug = $2 or p.id::text = lower($2))`;
