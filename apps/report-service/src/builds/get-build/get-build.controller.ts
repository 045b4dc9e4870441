import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { GetBuild, type ProjectRef } from '#contracts';
import { Access, Audited, Project, ProjectPath, UuidParam } from '#platform';
import { pollAfterSeconds } from '../acceptance-headers.ts';
import { BuildJobResponse } from '../build-job.response.dto.ts';
import { entityTag, matches } from './entity-tag.ts';

/** Each answer with a signed URL is the grant of a download. */
const handsOutUrl = (answer: unknown): boolean => typeof (answer as BuildJobResponse).presigned_url === 'string';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/build')
export class GetBuildController {
  constructor(private readonly queries: QueryBus) {}

  /**
   * State of a build; when completed, with a signed URL of one hour. Depends on Postgres alone.
   *
   * While it is not completed the answer has an `ETag`, and `If-None-Match` gets 304 until something changes.
   */
  @Get(':job_id')
  @Access('read')
  @Audited('build.viewed', { when: handsOutUrl })
  @ApiOperation({ operationId: 'get_build_job' })
  @ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: '`ETag` of an earlier answer.',
    schema: { type: 'string', maxLength: 1000 },
  })
  @ApiResponse({ status: 200, type: BuildJobResponse })
  @ApiResponse({ status: 304, description: 'Nothing has changed since the answer with this `ETag`.' })
  async get(
    @Project() project: ProjectRef,
    @Param('job_id', UuidParam) buildId: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BuildJobResponse> {
    const build = await this.queries.execute(new GetBuild(project, buildId));
    if (build.status === 'queued' || build.status === 'in_progress')
      response.setHeader('Retry-After', pollAfterSeconds);
    // A completed build has another URL each time: never the same answer.
    if (build.status !== 'completed') {
      const tag = entityTag(build);
      response.setHeader('ETag', tag);
      response.setHeader('Cache-Control', 'private, no-cache');
      // Not left to Express: it ignores the condition beside `Cache-Control: no-cache`, which fetch() adds to it.
      if (matches(ifNoneMatch, tag)) response.status(304);
    }
    return build;
  }
}
