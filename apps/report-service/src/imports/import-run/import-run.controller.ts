import { randomUUID } from 'node:crypto';
import { Controller, HttpStatus, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ImportRun, type ProjectRef } from '#contracts';
import { Access, APIErrorPayload, Audited, Expensive, Project, ProjectPath } from '#platform';
import { ImportResponse } from '../import.response.dto.ts';
import { ImportRunQuery } from './import-run.request.dto.ts';
import { openUpload } from './upload.ts';

@ApiTags('imports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/imports')
export class ImportRunController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Imports a red-team result file of any size: our NDJSON, garak report or hitlog, promptfoo JSON or CSV, Azure JSON.
   *
   * The body is the file itself. All of it is kept, or nothing: a broken line is refused with its number. The same file
   * with the same options again changes nothing and answers 200 with the first import.
   */
  @Post()
  @Access('write')
  @Audited('import.created', { by: 'handler' })
  @Expensive()
  @ApiOperation({ operationId: 'import_run' })
  @ApiHeader({
    name: 'X-File-Name',
    required: false,
    description: 'Name of the file, shown with the import and in reports. A form has it with its part.',
    example: 'garak.report.jsonl',
  })
  @ApiConsumes(
    'application/octet-stream',
    'application/x-ndjson',
    'application/json',
    'text/csv',
    'multipart/form-data',
  )
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 201, type: ImportResponse, description: 'Imported.' })
  @ApiResponse({
    status: 200,
    type: ImportResponse,
    description: 'This file was imported before; nothing changed.',
    headers: { Location: {} },
  })
  @ApiResponse({ status: 400, type: APIErrorPayload, description: 'A line is broken; nothing was kept.' })
  @ApiResponse({ status: 409, type: APIErrorPayload, description: 'The `import_id` names another import.' })
  async import(
    @Project() project: ProjectRef,
    @Query() query: ImportRunQuery,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportResponse> {
    const { import_id = randomUUID(), format, ...rest } = query;
    const options = format === undefined || format === 'auto' ? rest : { ...rest, format };
    const { file, fileName } = await openUpload(request);
    const result = await this.commands.execute(new ImportRun(project, import_id, file, fileName, { ...options }));
    response.status(result.created ? HttpStatus.CREATED : HttpStatus.OK);
    response.setHeader('Location', `${project.path}/imports/${result.import.id}`);
    return result.import;
  }
}
