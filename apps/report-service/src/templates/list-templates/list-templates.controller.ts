import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { ListTemplates, type ProjectRef } from '#contracts';
import { Access, ListPageResponse, Project, ProjectPath } from '#platform';
import { templateBody } from '../template-answer.ts';
import { ReportTemplateResponse } from '../template.response.dto.ts';

export class TemplatePageQuery {
  /** Page, from 1. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1_000_000, default: 1 })
  page: number = 1;

  /** Templates a page. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 50 })
  limit: number = 50;
}

/** One page of a project's templates. */
export class ReportTemplateListResponse extends ListPageResponse {
  @ApiProperty({ type: () => [ReportTemplateResponse] })
  templates!: ReportTemplateResponse[];
}

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
  async list(
    @Project() project: ProjectRef,
    @Query() { page, limit }: TemplatePageQuery,
  ): Promise<ReportTemplateListResponse> {
    const { templates, total } = await this.queries.execute(new ListTemplates(project, { page, limit }));
    const total_pages = Math.ceil(total / limit);
    return {
      templates: templates.map(templateBody),
      page,
      limit,
      total,
      total_pages,
      has_next: page < total_pages,
      has_previous: page > 1 && total > 0,
    };
  }
}
