import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GetOrganization, type OrganizationRef } from '#contracts';
import { Access, Organization, OrganizationPath } from '#platform';
import { OrganizationResponse } from '../place.response.dto.ts';

@ApiTags('organizations')
@ApiBearerAuth()
@OrganizationPath()
@Controller('api/v1/org/:org')
export class ReadOrganizationController {
  constructor(private readonly queries: QueryBus) {}

  /** The organization. Every member sees it. */
  @Get()
  @Access('read', { of: 'organization' })
  @ApiOperation({ operationId: 'get_organization' })
  get(@Organization() organization: OrganizationRef): Promise<OrganizationResponse> {
    return this.queries.execute(new GetOrganization(organization));
  }
}
