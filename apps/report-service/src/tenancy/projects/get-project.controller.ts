import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GetProject, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath } from '#platform';
import { ProjectResponse } from './project.response.dto.ts';

@ApiTags('projects')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project')
export class GetProjectController {
  constructor(private readonly queries: QueryBus) {}

  /** The project, by slug or id. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'get_project' })
  get(@Project() project: ProjectRef): Promise<ProjectResponse> {
    return this.queries.execute(new GetProject(project));
  }
}
