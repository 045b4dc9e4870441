import { Controller, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { type ProjectRef, StoreImage } from '#contracts';
import { Access, APIErrorPayload, Audited, Expensive, Project, ProjectPath } from '#platform';
import { LogoForm, readLogoFile } from '../logo-file.ts';
import { LogoUploadResponse } from './upload-inline-logo.response.dto.ts';

@ApiTags('templates')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/branding/logo')
export class UploadInlineLogoController {
  constructor(private readonly commands: CommandBus) {}

  /** Keeps a PNG of at most 2 MB for builds and templates of the organization to show. */
  @Post()
  @Access('write')
  @Expensive()
  @Audited('logo.uploaded', { id: 'logo_oid' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: LogoForm })
  @ApiOperation({ operationId: 'upload_inline_branding_logo' })
  @ApiResponse({ status: 201, type: LogoUploadResponse })
  @ApiResponse({ status: 400, type: APIErrorPayload, description: 'The PNG is damaged or too large in pixels.' })
  @ApiResponse({ status: 413, type: APIErrorPayload })
  @ApiResponse({ status: 415, type: APIErrorPayload, description: 'The file is no PNG.' })
  async upload(@Project() project: ProjectRef, @Req() request: Request): Promise<LogoUploadResponse> {
    const png = await readLogoFile(request);
    return { logo_oid: await this.commands.execute(new StoreImage(project, null, png)) };
  }
}
