import { Body, Controller, HttpCode, Post, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { BuildRequest, PreviewReport, type ProjectRef, reportRequest, reportRequestExamples } from '#contracts';
import { Access, APIErrorPayload, Audited, EmptySectionsResponse, Expensive, Project, ProjectPath } from '#platform';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/preview')
export class PreviewReportController {
  constructor(private readonly queries: QueryBus) {}

  /**
   * Renders the first pages of a report and answers with them; nothing is stored, and no job is made.
   *
   * At most 25 findings on at most 12 pages, within 15 seconds. A process renders one preview at a time; while it does,
   * others get 429. Empty sections are refused as by a build. A preview is a PDF whatever `format` says.
   */
  @Post()
  @HttpCode(200)
  @Access('build')
  @Audited('project.previewed')
  @Expensive()
  @ApiBody({ type: BuildRequest, examples: reportRequestExamples })
  @ApiOperation({ operationId: 'preview_report' })
  @ApiOkResponse({
    description: 'The first pages, as a PDF.',
    content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
  })
  @ApiResponse({ status: 422, type: EmptySectionsResponse, description: 'Selected sections have no data.' })
  @ApiResponse({ status: 429, type: APIErrorPayload, description: 'Another preview is being rendered.' })
  @ApiResponse({ status: 504, type: APIErrorPayload, description: 'The preview took longer than it may.' })
  async preview(
    @Project() project: ProjectRef,
    @Body() body: BuildRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const gone = new AbortController();
    // A caller who went away needs no preview, and the next one needs the thread.
    response.once('close', () => {
      gone.abort(new Error('the caller went away'));
    });
    const pdf = await this.queries.execute(new PreviewReport(project, reportRequest(body), gone.signal));
    return new StreamableFile(pdf, {
      type: 'application/pdf',
      disposition: 'inline; filename="airt-report-preview.pdf"',
      length: pdf.byteLength,
    });
  }
}
