import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CreateKey, type OrganizationRef } from '#contracts';
import { Access, Audited, CallerParam, Organization, OrganizationPath } from '#platform';
import { CreatedKeyResponse } from '../key.response.dto.ts';
import { CreateKeyRequest } from './create-key.request.dto.ts';

@ApiTags('keys')
@ApiBearerAuth()
@OrganizationPath()
@Controller('api/v1/org/:org/keys')
export class CreateKeyController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Makes an API key. The answer holds it, this once.
   *
   * Asks for `admin` of the organization, which holds every scope: so no key makes one that may do more than itself,
   * and a key of one workspace makes none.
   */
  @Post()
  @Access('admin', { of: 'organization' })
  @Audited('key.created', { by: 'handler' })
  @ApiOperation({ operationId: 'create_key' })
  create(
    @Organization() organization: OrganizationRef,
    @CallerParam() caller: Caller,
    @Body() { name, scopes, workspace, expires_at }: CreateKeyRequest,
  ): Promise<CreatedKeyResponse> {
    const expiresAt = expires_at == null ? null : new Date(expires_at);
    return this.commands.execute(
      new CreateKey(organization, { name, scopes, workspace: workspace ?? null, expiresAt }, caller.id),
    );
  }
}
