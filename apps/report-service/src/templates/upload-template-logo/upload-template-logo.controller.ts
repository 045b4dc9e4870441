import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { type Caller, type ProjectRef, UploadTemplateLogo } from '#contracts';
import { Access, APIErrorPayload, Audited, Expensive, CallerParam, Project, ProjectPath, UuidParam } from '#platform';
import { LogoForm, readLogoFile } from '../logo-file.ts';
import { templateAnswer } from '../template-answer.ts';
import { ReportTemplateResponse } from '../template.response.dto.ts';

@ApiTags('templates')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/templates/:template_id/branding/logo')
export class UploadTemplateLogoController {
  constructor(private readonly commands: CommandBus) {}

  /** Replaces the logo of a template: a PNG of at most 2 MB, which becomes the image at the left of its header. */
  @Post()
  @HttpCode(200)
  @Access('write')
  @Expensive()
  @Audited('template.logo_uploaded', { by: 'handler' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: LogoForm })
  @ApiOperation({ operationId: 'upload_template_branding_logo' })
  @ApiResponse({ status: 200, type: ReportTemplateResponse })
  @ApiResponse({ status: 400, type: APIErrorPayload, description: 'The PNG is damaged or too large in pixels.' })
  @ApiResponse({ status: 413, type: APIErrorPayload })
  @ApiResponse({ status: 415, type: APIErrorPayload, description: 'The file is no PNG.' })
  async upload(
    @Project() project: ProjectRef,
    @CallerParam() caller: Caller,
    @Param('template_id', UuidParam) templateId: string,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReportTemplateResponse> {
    const png = await readLogoFile(request);
    const template = await this.commands.execute(new UploadTemplateLogo(project, templateId, png, caller.id));
    return templateAnswer(template, response);
  }
}
