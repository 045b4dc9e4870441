import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { GetKey, ListKeys, type OrganizationRef } from '#contracts';
import { Access, listPage, ListPageQuery, Organization, OrganizationPath, UuidParam } from '#platform';
import { KeyListResponse, KeyResponse } from '../key.response.dto.ts';

@ApiTags('keys')
@ApiBearerAuth()
@OrganizationPath()
@Controller('api/v1/org/:org/keys')
export class ReadKeysController {
  constructor(private readonly queries: QueryBus) {}

  /** Keys of the organization, newest first, ended ones included. Never their secrets. */
  @Get()
  @Access('admin', { of: 'organization' })
  @ApiOperation({ operationId: 'list_keys' })
  async list(@Organization() organization: OrganizationRef, @Query() page: ListPageQuery): Promise<KeyListResponse> {
    const { entries, total } = await this.queries.execute(new ListKeys(organization, page));
    return { keys: [...entries], ...listPage(page, total) };
  }

  /** One key, without its secret. */
  @Get(':key_id')
  @Access('admin', { of: 'organization' })
  @ApiParam({ name: 'key_id', format: 'uuid', example: '9b0f2a4c-1c7d-4a6e-8f1b-0e5d2c3b4a59' })
  @ApiOperation({ operationId: 'get_key' })
  get(@Organization() organization: OrganizationRef, @Param('key_id', UuidParam) keyId: string): Promise<KeyResponse> {
    return this.queries.execute(new GetKey(organization, keyId));
  }
}
