import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ListEvents, type OrganizationRef } from '#contracts';
import { Access, Organization, OrganizationPath } from '#platform';
import { ListEventsQuery } from './list-events.request.dto.ts';
import { EventsPageResponse } from './list-events.response.dto.ts';

@ApiTags('events')
@ApiBearerAuth()
@OrganizationPath()
@Controller('api/v1/org/:org/events')
export class ListEventsController {
  constructor(private readonly queries: QueryBus) {}

  /**
   * Events of the organization as CloudEvents, oldest first, after a cursor. Remember `next_cursor` and ask again:
   * no event is skipped, none comes twice. Events are kept for 30 days. 410 for a cursor after which events were removed, or of a feed that
   * this one, restored from a backup, is not: begin again without a cursor, and know events by their ids.
   */
  @Get()
  @Access('admin', { of: 'organization' })
  @ApiOperation({ operationId: 'list_events' })
  @ApiResponse({ status: 410, description: '' })
  async list(@Organization() org: OrganizationRef, @Query() query: ListEventsQuery): Promise<EventsPageResponse> {
    const page = { cursor: query.cursor, limit: query.limit, types: query.type ?? [] };
    const { events, ...rest } = await this.queries.execute(new ListEvents(org.organizationId, page));
    return { events: [...events], ...rest };
  }
}
