import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { GetTemplate, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath, UuidParam } from '#platform';
import { templateAnswer } from '../template-answer.ts';
import { ReportTemplateResponse } from '../template.response.dto.ts';

@ApiTags('templates')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/templates/:template_id')
export class GetTemplateController {
  constructor(private readonly queries: QueryBus) {}

  /** A template in its current version, with the preset that its components show. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'get_report_template' })
  async get(
    @Project() project: ProjectRef,
    @Param('template_id', UuidParam) templateId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportTemplateResponse> {
    return templateAnswer(await this.queries.execute(new GetTemplate(project, templateId)), response);
  }
}
