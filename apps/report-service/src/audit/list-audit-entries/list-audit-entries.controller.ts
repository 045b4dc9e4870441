import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { AppError, ListAuditEntries, type OrganizationRef } from '#contracts';
import { Access, Organization } from '#platform';
import { ListAuditEntriesQuery } from './list-audit-entries.request.dto.ts';
import { AuditListResponse } from './list-audit-entries.response.dto.ts';

@ApiTags('audit')
@ApiBearerAuth()
@ApiParam({ name: 'org', type: String, description: 'Organization slug.', example: 'demo' })
@Controller('api/v1/org/:org/audit')
export class ListAuditEntriesController {
  constructor(private readonly queries: QueryBus) {}

  /**
   * The organization's audit log, newest first: who did what to which thing, and when. For owners.
   *
   * Entries hold ids, never content, and stay when the thing is deleted.
   */
  @Get()
  @Access('admin', { of: 'organization' })
  @ApiOperation({ operationId: 'list_audit_entries' })
  async list(
    @Organization() organization: OrganizationRef,
    @Query() query: ListAuditEntriesQuery,
  ): Promise<AuditListResponse> {
    const { action, actor_id, resource_type, resource_id, project_id } = query;
    const [from, to] = [query.from, query.to].map((time) => (time === undefined ? undefined : new Date(time)));
    if (from && to && from > to) {
      throw new AppError('invalid', {
        errors: [{ loc: ['query', 'from'], msg: 'must not be later than to', type: 'date_order' }],
      });
    }
    const filter = {
      ...(action && { action }),
      ...(actor_id !== undefined && { actorId: actor_id }),
      ...(resource_type !== undefined && { resourceType: resource_type }),
      ...(resource_id !== undefined && { resourceId: resource_id }),
      ...(project_id !== undefined && { projectId: project_id }),
      ...(from && { from }),
      ...(to && { to }),
    };
    const page = await this.queries.execute(
      new ListAuditEntries(organization.organizationId, filter, query.limit, query.cursor ?? null),
    );
    return { entries: [...page.entries], next_cursor: page.nextCursor };
  }
}
