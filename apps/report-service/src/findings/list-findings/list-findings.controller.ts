import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppError, ListFindings, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath } from '#platform';
import { FindingListResponse } from './finding-list.response.dto.ts';
import { listedFilter } from '../listed-filter.ts';
import { ListFindingsQuery } from './list-findings.request.dto.ts';

@ApiTags('findings')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/findings')
export class ListFindingsController {
  constructor(private readonly queries: QueryBus) {}

  /**
   * Attack runs of the project, whatever came of them; highest score first unless `sort_by` says otherwise.
   * A parameter of several values takes them with commas, or repeated. A repeated `attack_name` or `category` is taken as
   * it is, so a name that holds a comma is given twice. Pages by `next_cursor` stay stable while runs are added.
   */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'get_project_findings' })
  async list(@Project() project: ProjectRef, @Query() query: ListFindingsQuery): Promise<FindingListResponse> {
    const { page, page_size: limit, view, cursor } = query;
    if (cursor !== undefined && page !== undefined) {
      const problem = { loc: ['query', 'page'], msg: 'a cursor stands in place of page', type: 'exclusive' };
      throw new AppError('invalid', { errors: [problem] });
    }
    const found = await this.queries.execute(
      new ListFindings(project, {
        page: page ?? 1,
        limit,
        view,
        includeAdversarial: query.include_adversarial ?? view === 'all',
        sortBy: query.sort_by,
        sortDir: query.sort_dir,
        filter: listedFilter(query, ['query']),
        ...(cursor !== undefined && { cursor }),
      }),
    );
    return {
      findings: [...found.entries],
      page: found.page,
      page_size: limit,
      limit,
      total: found.total,
      total_pages: Math.ceil(found.total / limit),
      has_next: found.hasNext,
      has_previous: found.page > 1,
      next_cursor: found.nextCursor,
    };
  }
}
