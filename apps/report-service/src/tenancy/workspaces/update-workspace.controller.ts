import { Body, Controller, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type WorkspaceRef, UpdateWorkspace } from '#contracts';
import { Access, Audited, Workspace, WorkspacePath } from '#platform';
import { WorkspaceResponse } from '../place.response.dto.ts';
import { RenameRequest } from '../rename.request.dto.ts';

@ApiTags('workspaces')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace')
export class UpdateWorkspaceController {
  constructor(private readonly commands: CommandBus) {}

  /** Renames the workspace. Its slug stands in paths and stays. */
  @Patch()
  @Access('admin')
  @Audited('workspace.updated', { by: 'handler' })
  @ApiOperation({ operationId: 'update_workspace' })
  update(@Workspace() workspace: WorkspaceRef, @Body() { name }: RenameRequest): Promise<WorkspaceResponse> {
    return this.commands.execute(new UpdateWorkspace(workspace, name));
  }
}
