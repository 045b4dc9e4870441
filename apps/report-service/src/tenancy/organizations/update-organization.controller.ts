import { Body, Controller, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type OrganizationRef, UpdateOrganization } from '#contracts';
import { Access, Audited, Organization, OrganizationPath } from '#platform';
import { OrganizationResponse } from '../place.response.dto.ts';
import { RenameRequest } from '../rename.request.dto.ts';

@ApiTags('organizations')
@ApiBearerAuth()
@OrganizationPath()
@Controller('api/v1/org/:org')
export class UpdateOrganizationController {
  constructor(private readonly commands: CommandBus) {}

  /** Renames the organization. Its slug stands in paths and stays. */
  @Patch()
  @Access('admin', { of: 'organization' })
  @Audited('organization.updated', { by: 'handler' })
  @ApiOperation({ operationId: 'update_organization' })
  update(
    @Organization() organization: OrganizationRef,
    @Body() { name }: RenameRequest,
  ): Promise<OrganizationResponse> {
    return this.commands.execute(new UpdateOrganization(organization, name));
  }
}
