import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListTemplates, type ProjectRef } from '#contracts';
import { Access, listPage, ListPageQuery, Project, ProjectPath } from '#platform';
import { templateBody } from '../template-answer.ts';
import { ReportTemplateListResponse } from '../template.response.dto.ts';

@ApiTags('templates')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/templates')
export class ListTemplatesController {
  constructor(private readonly queries: QueryBus) {}

  /** Templates of the project, newest first. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'list_report_templates' })
  async list(@Project() project: ProjectRef, @Query() page: ListPageQuery): Promise<ReportTemplateListResponse> {
    const { entries, total } = await this.queries.execute(new ListTemplates(project, page));
    return { templates: entries.map(templateBody), ...listPage(page, total) };
  }
}
