import { Body, Controller, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Caller, CreateTemplate, type ProjectRef } from '#contracts';
import { Access, APIErrorPayload, Audited, CallerParam, Project, ProjectPath } from '#platform';
import { templateAnswer } from '../template-answer.ts';
import { contentOf, CreateTemplateRequest, notOne } from '../template.request.dto.ts';
import { ReportTemplateResponse } from '../template.response.dto.ts';
import { templateExamples } from '../template.examples.ts';

@ApiTags('templates')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/templates')
export class CreateTemplateController {
  constructor(private readonly commands: CommandBus) {}

  /** Stores a template, from a preset or from components. Its name is unique in the project, which holds a limited number. */
  @Post()
  @Access('write')
  @Audited('template.created')
  @ApiBody({ type: CreateTemplateRequest, examples: templateExamples })
  @ApiOperation({ operationId: 'create_report_template' })
  @ApiResponse({ status: 201, type: ReportTemplateResponse })
  @ApiResponse({ status: 400, type: APIErrorPayload })
  @ApiResponse({ status: 409, type: APIErrorPayload, description: 'The name is taken, or the project is full.' })
  async create(
    @Project() project: ProjectRef,
    @CallerParam() caller: Caller,
    @Body() body: CreateTemplateRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportTemplateResponse> {
    const content = contentOf(body);
    if (!content) throw notOne();
    const template = { name: body.name, description: body.description ?? null, content };
    const created = await this.commands.execute(new CreateTemplate(project, template, caller.id));
    response.setHeader('Location', `${project.path}/templates/${created.id}`);
    return templateAnswer(created, response);
  }
}
