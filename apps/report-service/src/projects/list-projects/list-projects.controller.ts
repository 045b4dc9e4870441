import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiParam, ApiTags } from '@nestjs/swagger';
import { ListProjects, type WorkspaceRef } from '#contracts';
import { Access, Workspace } from '#platform';
import { ProjectResponse } from '../project.response.dto.ts';

class ProjectListResponse {
  projects!: ProjectResponse[];
}

@ApiTags('projects')
@ApiBearerAuth()
@ApiParam({ name: 'org', example: 'demo' })
@ApiParam({ name: 'workspace', example: 'red-team' })
@Controller('api/v1/org/:org/ws/:workspace/airt/projects')
export class ListProjectsController {
  constructor(private readonly queries: QueryBus) {}

  /** Projects of the workspace, by slug. */
  @Get()
  @Access('read')
  async list(@Workspace() workspace: WorkspaceRef): Promise<ProjectListResponse> {
    return { projects: [...(await this.queries.execute(new ListProjects(workspace)))] };
  }
}
