import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListProjects, type WorkspaceRef } from '#contracts';
import { Access, listPage, ListPageQuery, Workspace, WorkspacePath } from '#platform';
import { ProjectListResponse } from './project.response.dto.ts';

@ApiTags('projects')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects')
export class ListProjectsController {
  constructor(private readonly queries: QueryBus) {}

  /** Projects of the workspace, by slug. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'list_projects' })
  async list(@Workspace() workspace: WorkspaceRef, @Query() page: ListPageQuery): Promise<ProjectListResponse> {
    const { entries, total } = await this.queries.execute(new ListProjects(workspace, page));
    return { projects: [...entries], ...listPage(page, total) };
  }
}
