import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  BuildReport,
  BuildRequest,
  type Caller,
  type ProjectRef,
  reportRequest,
  reportRequestExamples,
} from '#contracts';
import {
  Access,
  APIErrorPayload,
  Audited,
  CallerParam,
  EmptySectionsResponse,
  Expensive,
  Project,
  ProjectPath,
} from '#platform';
import { IdempotencyKey, IdempotencyKeyHeader, setAcceptedHeaders } from '../acceptance-headers.ts';
import { BuildJobResponse } from '../build-job.response.dto.ts';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/build')
export class BuildReportController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Starts a build and answers at once; poll the job until it is completed.
   *
   * When any selected section has no rows the answer is 422 with all of them, and no job is made.
   */
  @Post()
  @HttpCode(202)
  @Access('build')
  @Audited('build.requested', { by: 'handler' })
  @Expensive()
  @ApiBody({ type: BuildRequest, examples: reportRequestExamples })
  @ApiOperation({ operationId: 'build_report' })
  @IdempotencyKeyHeader()
  @ApiResponse({ status: 202, type: BuildJobResponse })
  @ApiResponse({ status: 400, type: APIErrorPayload })
  @ApiResponse({ status: 409, type: APIErrorPayload, description: 'The Idempotency-Key was used for another request.' })
  @ApiResponse({ status: 422, type: EmptySectionsResponse, description: 'Selected sections have no data.' })
  async build(
    @Project() project: ProjectRef,
    @CallerParam() caller: Caller,
    @Body() body: BuildRequest,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BuildJobResponse> {
    const accepted = await this.commands.execute(
      new BuildReport(project, reportRequest(body), caller.id, idempotencyKey),
    );
    setAcceptedHeaders(response, project, accepted);
    return accepted.build;
  }
}
