import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, GetWorkspace, ListWorkspaces, type OrganizationRef, type WorkspaceRef } from '#contracts';
import {
  Access,
  CallerParam,
  listPage,
  ListPageQuery,
  Organization,
  OrganizationPath,
  Workspace,
  WorkspacePath,
} from '#platform';
import { WorkspaceListResponse, WorkspaceResponse } from '../place.response.dto.ts';

@ApiTags('workspaces')
@ApiBearerAuth()
@Controller('api/v1/org/:org/ws')
export class ReadWorkspacesController {
  constructor(private readonly queries: QueryBus) {}

  /** Workspaces that the caller may see, by slug. */
  @Get()
  @Access('read', { of: 'organization' })
  @OrganizationPath()
  @ApiOperation({ operationId: 'list_workspaces' })
  async list(
    @Organization() organization: OrganizationRef,
    @CallerParam() caller: Caller,
    @Query() page: ListPageQuery,
  ): Promise<WorkspaceListResponse> {
    const { entries, total } = await this.queries.execute(new ListWorkspaces(organization, caller, page));
    return { workspaces: [...entries], ...listPage(page, total) };
  }

  /** The workspace. Not found for those without a role in it. */
  @Get(':workspace')
  @Access('read')
  @WorkspacePath()
  @ApiOperation({ operationId: 'get_workspace' })
  get(@Workspace() workspace: WorkspaceRef): Promise<WorkspaceResponse> {
    return this.queries.execute(new GetWorkspace(workspace));
  }
}
