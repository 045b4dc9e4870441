import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListWorkspaceMembers, type WorkspaceRef, PutWorkspaceMember, RemoveWorkspaceMember } from '#contracts';
import { Access, Audited, listPage, ListPageQuery, Workspace, WorkspacePath } from '#platform';
import { PutWorkspaceMemberRequest } from './member.request.dto.ts';
import { WorkspaceMemberListResponse, WorkspaceMemberResponse } from './member.response.dto.ts';
import { SubjectParam } from './subject-param.ts';
import { SubjectPath } from './subject-path.ts';

@ApiTags('members')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/members')
export class WorkspaceMembersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Members of the workspace, by subject. */
  @Get()
  @Access('admin')
  @ApiOperation({ operationId: 'list_workspace_members' })
  async list(@Workspace() workspace: WorkspaceRef, @Query() page: ListPageQuery): Promise<WorkspaceMemberListResponse> {
    const { entries, total } = await this.queries.execute(new ListWorkspaceMembers(workspace, page));
    return { members: [...entries], ...listPage(page, total) };
  }

  /**
   * Gives a member of the organization a role in the workspace, or another one.
   *
   * 409 for who is no member of the organization, and for the last owner of the workspace.
   */
  @Put(':subject')
  @Access('admin')
  @Audited('member.updated', { by: 'handler' })
  @SubjectPath()
  @ApiOperation({ operationId: 'put_workspace_member' })
  put(
    @Workspace() workspace: WorkspaceRef,
    @Param('subject', SubjectParam) person: string,
    @Body() { role }: PutWorkspaceMemberRequest,
  ): Promise<WorkspaceMemberResponse> {
    return this.commands.execute(new PutWorkspaceMember(workspace, person, role));
  }

  /** Takes the role in the workspace away; 409 for its last owner. */
  @Delete(':subject')
  @HttpCode(204)
  @Access('admin')
  @Audited('member.removed', { by: 'handler' })
  @SubjectPath()
  @ApiOperation({ operationId: 'remove_workspace_member' })
  async remove(@Workspace() workspace: WorkspaceRef, @Param('subject', SubjectParam) person: string): Promise<void> {
    await this.commands.execute(new RemoveWorkspaceMember(workspace, person));
  }
}
