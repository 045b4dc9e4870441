import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { type Caller, type ProjectRef, RetryBuild } from '#contracts';
import { Access, APIErrorPayload, Audited, CallerParam, Expensive, Project, ProjectPath, UuidParam } from '#platform';
import { IdempotencyKey, IdempotencyKeyHeader, setAcceptedHeaders } from '../acceptance-headers.ts';
import { BuildJobResponse } from '../build-job.response.dto.ts';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/build')
export class RetryBuildController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Starts a new build of what an earlier one was to build: the same frozen plan, on the same imports, with `retry_of`.
   *
   * Any build that has ended can be retried, a completed one too: triage is read anew. What ended stays as it ended.
   */
  @Post(':job_id/retry')
  @HttpCode(202)
  @Access('build')
  @Audited('build.retried', { by: 'handler' })
  @Expensive()
  @ApiOperation({ operationId: 'retry_build_job' })
  @IdempotencyKeyHeader()
  @ApiResponse({ status: 202, type: BuildJobResponse })
  @ApiResponse({
    status: 409,
    type: APIErrorPayload,
    description: 'The build has not ended, or the Idempotency-Key was used for another request.',
  })
  async retry(
    @Project() project: ProjectRef,
    @Param('job_id', UuidParam) buildId: string,
    @CallerParam() caller: Caller,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BuildJobResponse> {
    const accepted = await this.commands.execute(new RetryBuild(project, buildId, caller.id, idempotencyKey));
    setAcceptedHeaders(response, project, accepted);
    return accepted.build;
  }
}
