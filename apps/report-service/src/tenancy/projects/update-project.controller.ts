import { Body, Controller, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ProjectRef, UpdateProject } from '#contracts';
import { Access, Audited, Project, ProjectPath } from '#platform';
import { ProjectResponse } from './project.response.dto.ts';
import { UpdateProjectRequest } from './update-project.request.dto.ts';

@ApiTags('projects')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project')
export class UpdateProjectController {
  constructor(private readonly commands: CommandBus) {}

  /** Changes name or description. A build that was accepted before keeps what it was accepted with. */
  @Patch()
  @Access('write')
  @Audited('project.updated', { by: 'handler' })
  @ApiOperation({ operationId: 'update_project' })
  update(@Project() project: ProjectRef, @Body() request: UpdateProjectRequest): Promise<ProjectResponse> {
    return this.commands.execute(new UpdateProject(project, request));
  }
}
