import { Controller, Delete, HttpCode } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeleteWorkspace, type WorkspaceRef } from '#contracts';
import { Access, Audited, Workspace, WorkspacePath } from '#platform';

@ApiTags('workspaces')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace')
export class DeleteWorkspaceController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Removes a workspace with all its projects, roles and the keys that are held to it.
   *
   * Rows are gone when this answers; objects follow as soon as the object store takes it. It cannot be undone: export the
   * projects first. The second time answers 404.
   */
  @Delete()
  @HttpCode(204)
  @Access('admin', { of: 'organization' })
  @Audited('workspace.deleted', { by: 'handler' })
  @ApiOperation({ operationId: 'delete_workspace' })
  @ApiNoContentResponse({ description: 'The workspace is gone.' })
  async delete(@Workspace() workspace: WorkspaceRef): Promise<void> {
    await this.commands.execute(new DeleteWorkspace(workspace));
  }
}
