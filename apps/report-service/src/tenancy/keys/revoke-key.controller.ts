import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { type OrganizationRef, RevokeKey } from '#contracts';
import { Access, Audited, Organization, OrganizationPath, UuidParam } from '#platform';
import { KeyResponse } from '../key.response.dto.ts';

@ApiTags('keys')
@ApiBearerAuth()
@OrganizationPath()
@Controller('api/v1/org/:org/keys/:key_id/revoke')
export class RevokeKeyController {
  constructor(private readonly commands: CommandBus) {}

  /** Ends a key at once: its next request is answered with 401. A repeat changes nothing. */
  @Post()
  @HttpCode(200)
  @Access('admin', { of: 'organization' })
  @Audited('key.revoked', { by: 'handler' })
  @ApiParam({ name: 'key_id', format: 'uuid', example: '9b0f2a4c-1c7d-4a6e-8f1b-0e5d2c3b4a59' })
  @ApiOperation({ operationId: 'revoke_key' })
  revoke(
    @Organization() organization: OrganizationRef,
    @Param('key_id', UuidParam) keyId: string,
  ): Promise<KeyResponse> {
    return this.commands.execute(new RevokeKey(organization, keyId));
  }
}
