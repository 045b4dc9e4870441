import { Body, Controller, Headers, Param, Patch, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Caller, type ProjectRef, UpdateTemplate } from '#contracts';
import { Access, APIErrorPayload, Audited, CallerParam, Project, ProjectPath, UuidParam } from '#platform';
import { expectedVersions, templateAnswer } from '../template-answer.ts';
import { contentOf, UpdateTemplateRequest } from '../template.request.dto.ts';
import { ReportTemplateResponse } from '../template.response.dto.ts';

@ApiTags('templates')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/templates/:template_id')
export class UpdateTemplateController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Changes what is given, as a new version. Builds that were accepted before keep the version of then.
   *
   * With `If-Match` the change is made to that version or not at all; without it the last of two changes wins.
   */
  @Patch()
  @Access('write')
  @Audited('template.updated', { by: 'handler' })
  @ApiOperation({ operationId: 'update_report_template' })
  @ApiBody({
    type: UpdateTemplateRequest,
    examples: { rename: { summary: 'Another description', value: { description: 'For the board' } } },
  })
  @ApiHeader({ name: 'If-Match', required: false, description: 'ETag of the version to change, or `*`.' })
  @ApiResponse({ status: 200, type: ReportTemplateResponse })
  @ApiResponse({ status: 400, type: APIErrorPayload })
  @ApiResponse({ status: 409, type: APIErrorPayload, description: 'The name is taken, or the version has changed.' })
  async update(
    @Project() project: ProjectRef,
    @CallerParam() caller: Caller,
    @Param('template_id', UuidParam) templateId: string,
    @Body() body: UpdateTemplateRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportTemplateResponse> {
    const { name, description } = body;
    const content = contentOf(body);
    const changes = {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(content && { content }),
    };
    const updated = await this.commands.execute(
      new UpdateTemplate(project, templateId, changes, caller.id, expectedVersions(ifMatch)),
    );
    return templateAnswer(updated, response);
  }
}
