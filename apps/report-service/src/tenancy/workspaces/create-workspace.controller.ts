import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CreateWorkspace, type OrganizationRef } from '#contracts';
import { Access, Audited, Organization, OrganizationPath } from '#platform';
import { CreateWorkspaceRequest } from './create-workspace.request.dto.ts';
import { WorkspaceResponse } from '../place.response.dto.ts';

@ApiTags('workspaces')
@ApiBearerAuth()
@OrganizationPath()
@Controller('api/v1/org/:org/ws')
export class CreateWorkspaceController {
  constructor(private readonly commands: CommandBus) {}

  /** Makes a workspace; 409 when its slug is taken in the organization. */
  @Post()
  @Access('admin', { of: 'organization' })
  @Audited('workspace.created', { by: 'handler' })
  @ApiOperation({ operationId: 'create_workspace' })
  create(
    @Organization() organization: OrganizationRef,
    @Body() request: CreateWorkspaceRequest,
  ): Promise<WorkspaceResponse> {
    return this.commands.execute(new CreateWorkspace(organization, request));
  }
}
