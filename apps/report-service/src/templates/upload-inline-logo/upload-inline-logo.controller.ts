import { Controller, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { type ProjectRef, StoreImage } from '#contracts';
import { Access, APIErrorPayload, Audited, Project, ProjectPath } from '#platform';
import { LogoForm, readLogoFile } from '../logo-file.ts';

export class LogoUploadResponse {
  /** For `branding.logo_oid` of a preset, or `fp` of an image. The same picture has the same id. */
  @ApiProperty({
    pattern: '^[A-Za-z0-9._\\-/]{1,256}$',
    example:
      'airt/branding/2489e9ad-2ee2-4e00-8ec9-32d5f69181c0/inline/7d1f4f0a-3b57-4a55-9d54-1a4cf3f7a1d2/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08.png',
  })
  logo_oid!: string;
}

@ApiTags('templates')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/branding/logo')
export class UploadInlineLogoController {
  constructor(private readonly commands: CommandBus) {}

  /** Keeps a PNG of at most 2 MB for builds and templates of the organization to show. */
  @Post()
  @Access('write')
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
