import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, ListPlacesOfCaller } from '#contracts';
import { Access, CallerParam } from '#platform';
import { MeResponse } from './who-am-i.response.dto.ts';

@ApiTags('me')
@ApiBearerAuth()
@Controller('api/v1/me')
export class WhoAmIController {
  constructor(private readonly queries: QueryBus) {}

  /** Who the bearer token names, and where they belong. For every valid token. */
  @Get()
  @Access('read', { of: 'caller' })
  @ApiOperation({ operationId: 'get_me' })
  async get(@CallerParam() caller: Caller): Promise<MeResponse> {
    const { organizations, expiresAt } = await this.queries.execute(new ListPlacesOfCaller(caller.id));
    return {
      kind: caller.kind,
      id: caller.id,
      name: caller.name,
      subject: caller.subject,
      scopes: caller.kind === 'key' ? caller.scopes : [],
      expires_at: expiresAt,
      organizations: organizations.map((place) => ({ ...place, workspaces: [...place.workspaces] })),
    };
  }
}
