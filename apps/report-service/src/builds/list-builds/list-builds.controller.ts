import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListBuilds, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath } from '#platform';
import { fromCursor, toCursor } from './build-cursor.ts';
import { BuildJobListResponse } from './build-list.response.dto.ts';
import { ListBuildsQuery } from './list-builds.request.dto.ts';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/build')
export class ListBuildsController {
  constructor(private readonly queries: QueryBus) {}

  /** Builds of the project, newest first, without links: `get_build_job` makes one for a completed build. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'list_build_jobs' })
  async list(@Project() project: ProjectRef, @Query() query: ListBuildsQuery): Promise<BuildJobListResponse> {
    const { page, limit, cursor, status } = query;
    const after = cursor === undefined ? null : fromCursor(cursor);
    const { entries, total, next } = await this.queries.execute(
      new ListBuilds(project, { page, limit, after, statuses: status ?? [] }),
    );
    return {
      builds: [...entries],
      page: after ? null : page,
      limit,
      total,
      total_pages: Math.ceil(total / limit),
      has_next: next !== null,
      has_previous: after !== null || page > 1,
      next_cursor: next && toCursor(next),
    };
  }
}
