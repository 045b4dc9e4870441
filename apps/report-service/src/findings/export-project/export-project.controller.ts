import { Controller, Get, Inject, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ExportProject, type ProjectRef } from '#contracts';
import {
  Access,
  APIErrorPayload,
  Audited,
  CONFIG,
  type Config,
  Expensive,
  Project,
  ProjectPath,
  streamTo,
} from '#platform';

@ApiTags('projects')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/export')
export class ExportProjectController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Everything of the project in our own NDJSON: assessments, runs, trials, what people decided, and where it came from.
   *
   * Imported into an empty project of the same name it gives the same numbers and the same reports, byte for byte. The
   * answer is streamed from one state of the data; when it breaks off the connection is cut, so an answer that ends in
   * good order is whole. Few exports run at once, and one that is read too slowly is cut: docs/limits.md has the bounds.
   */
  @Get()
  @Access('read')
  @Audited('project.exported', { before: true })
  @Expensive()
  @ApiOperation({ operationId: 'export_project' })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({
    headers: {
      'Content-Disposition': { description: 'A name for the file.', schema: { type: 'string' } },
    },
    description: 'One JSON object a line, as docs/import-format.md has it.',
    schema: { type: 'string', example: '{"type":"export","version":1}\n' },
  })
  @ApiResponse({ status: 429, type: APIErrorPayload, description: 'As many exports are under way as may be.' })
  async export(@Project() project: ProjectRef, @Res() response: Response): Promise<void> {
    const slug = project.path.split('/').at(-1) ?? 'project';
    const headers = {
      'Content-Type': 'application/x-ndjson',
      'Content-Disposition': `attachment; filename="airt-export-${slug}.ndjson"`,
    };
    const sink = streamTo(response, headers, this.config.exports.maxSeconds * 1_000);
    await this.queries.execute(new ExportProject(project, sink));
  }
}
