import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CreateOrganization } from '#contracts';
import { Access, Audited, CallerParam } from '#platform';
import { CreateOrganizationRequest } from './create-organization.request.dto.ts';
import { CreatedOrganizationResponse } from '../place.response.dto.ts';

@ApiTags('organizations')
@ApiBearerAuth()
@Controller('api/v1/orgs')
export class CreateOrganizationController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Makes an organization and its first key. For operators of the installation alone.
   *
   * An operator's key makes organizations and sees into none. 409 when the slug is taken.
   */
  @Post()
  @Access('admin', { of: 'installation' })
  @Audited('organization.created', { by: 'handler' })
  @ApiOperation({ operationId: 'create_organization' })
  create(
    @CallerParam() caller: Caller,
    @Body() { slug, name, owner }: CreateOrganizationRequest,
  ): Promise<CreatedOrganizationResponse> {
    return this.commands.execute(new CreateOrganization({ slug, name }, owner ?? null, caller.id));
  }
}
