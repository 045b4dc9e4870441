import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CreateProject, type WorkspaceRef } from '#contracts';
import { Access, Audited, Workspace } from '#platform';
import { ProjectResponse } from './project.response.dto.ts';
import { CreateProjectRequest } from './create-project.request.dto.ts';

@ApiTags('projects')
@ApiBearerAuth()
@ApiParam({ name: 'org', example: 'demo' })
@ApiParam({ name: 'workspace', example: 'red-team' })
@Controller('api/v1/org/:org/ws/:workspace/airt/projects')
export class CreateProjectController {
  constructor(private readonly commands: CommandBus) {}

  /** Makes a project; 409 when its slug is taken in the workspace. */
  @Post()
  @ApiOperation({ operationId: 'create_project' })
  @ApiResponse({ status: 201, type: ProjectResponse })
  @ApiResponse({ status: 409, description: 'The slug is taken in the workspace.' })
  @Access('write')
  @Audited('project.created')
  create(@Workspace() workspace: WorkspaceRef, @Body() request: CreateProjectRequest): Promise<ProjectResponse> {
    return this.commands.execute(new CreateProject(workspace, request));
  }
}
