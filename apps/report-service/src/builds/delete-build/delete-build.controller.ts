import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeleteBuild, type ProjectRef } from '#contracts';
import { Access, Audited, Project, ProjectPath, UuidParam } from '#platform';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/build')
export class DeleteBuildController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Removes a build and its report. A signed URL that is out is dead from then on, since its object is gone.
   *
   * A build that still runs is ended first. The second time answers 404.
   */
  @Delete(':job_id')
  @HttpCode(204)
  @Access('build')
  @Audited('build.deleted', { by: 'handler' })
  @ApiOperation({ operationId: 'delete_build_job' })
  @ApiNoContentResponse({ description: 'The build and its report are gone.' })
  async delete(@Project() project: ProjectRef, @Param('job_id', UuidParam) buildId: string): Promise<void> {
    await this.commands.execute(new DeleteBuild(project, buildId));
  }
}
