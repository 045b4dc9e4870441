import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ExportFindings, type ProjectRef } from '#contracts';
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
import { ExportFindingsQuery } from './export-findings.request.dto.ts';

@ApiTags('findings')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/findings/export')
export class ExportFindingsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * All findings with their trials as a Parquet file: a row for each trial, and one for a finding without trials.
   *
   * With `redact=true` whatever somebody wrote in their own words is `[REDACTED]`, for safe sharing. The file is streamed
   * from one state of the data; when it breaks off the connection is cut. Few exports run at once, and one that is read
   * too slowly is cut: docs/limits.md has the bounds.
   */
  @Get()
  @Access('read')
  @Audited('project.findings_exported', { before: true })
  @Expensive()
  @ApiOperation({ operationId: 'export_project_findings' })
  @ApiProduces('application/vnd.apache.parquet')
  @ApiOkResponse({
    description: 'A Parquet file.',
    headers: {
      'Content-Disposition': { description: 'A name for the file.', schema: { type: 'string' } },
    },
    schema: { type: 'string', format: 'binary' },
  })
  @ApiResponse({ status: 429, type: APIErrorPayload, description: 'As many exports are under way as may be.' })
  async export(
    @Project() project: ProjectRef,
    @Query() { redact }: ExportFindingsQuery,
    @Res() response: Response,
  ): Promise<void> {
    const slug = project.path.split('/').at(-1) ?? 'project';
    const headers = {
      'Content-Type': 'application/vnd.apache.parquet',
      'Content-Disposition': `attachment; filename="airt-findings-${slug}${redact ? '-redacted' : ''}.parquet"`,
    };
    const sink = streamTo(response, headers, this.config.exports.maxSeconds * 1_000);
    await this.queries.execute(new ExportFindings(project, redact, sink));
  }
}
