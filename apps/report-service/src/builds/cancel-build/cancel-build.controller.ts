import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CancelBuild, type ProjectRef } from '#contracts';
import { Access, APIErrorPayload, Audited, Project, ProjectPath, UuidParam } from '#platform';
import { BuildJobResponse } from '../build-job.response.dto.ts';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/build')
export class CancelBuildController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Ends a build that waits or runs; nothing of it stays in the store. A running worker stops within two seconds.
   *
   * A cancelled build may be cancelled again: the answer is the same. A build that ended otherwise answers 409.
   */
  @Post(':job_id/cancel')
  @HttpCode(200)
  @Access('build')
  @Audited('build.cancelled', { by: 'handler' })
  @ApiOperation({ operationId: 'cancel_build_job' })
  @ApiResponse({ status: 200, type: BuildJobResponse })
  @ApiResponse({ status: 409, type: APIErrorPayload, description: 'The build has ended otherwise.' })
  async cancel(@Project() project: ProjectRef, @Param('job_id', UuidParam) buildId: string): Promise<BuildJobResponse> {
    return this.commands.execute(new CancelBuild(project, buildId));
  }
}
