import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { GetBuild, type ProjectRef } from '#contracts';
import { Access, Audited, Project, ProjectPath, UuidParam } from '#platform';
import { BuildJobResponse } from '../build-job.response.dto.ts';

/** Each answer with a signed URL is the grant of a download. */
const handsOutUrl = (answer: unknown): boolean => typeof (answer as BuildJobResponse).presigned_url === 'string';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/build')
export class GetBuildController {
  constructor(private readonly queries: QueryBus) {}

  /** State of a build; when completed, with a signed URL of one hour. Depends on Postgres alone. */
  @Get(':job_id')
  @Access('read')
  @Audited('build.viewed', { when: handsOutUrl })
  @ApiOperation({ operationId: 'get_build_job' })
  async get(
    @Project() project: ProjectRef,
    @Param('job_id', UuidParam) buildId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BuildJobResponse> {
    const build = await this.queries.execute(new GetBuild(project, buildId));
    if (build.status === 'queued' || build.status === 'in_progress') response.setHeader('Retry-After', '1');
    return build;
  }
}
