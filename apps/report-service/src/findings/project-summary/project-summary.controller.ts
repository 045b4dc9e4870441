import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GetProjectSummary, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath } from '#platform';
import { ProjectSummaryResponse } from './project-summary.response.dto.ts';

@ApiTags('projects')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/summary')
export class ProjectSummaryController {
  constructor(private readonly queries: QueryBus) {}

  /** What was attacked and how it went, over all assessments of the project. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'get_project_summary' })
  summary(@Project() project: ProjectRef): Promise<ProjectSummaryResponse> {
    return this.queries.execute(new GetProjectSummary(project, project.path.split('/').at(-1) ?? ''));
  }
}
