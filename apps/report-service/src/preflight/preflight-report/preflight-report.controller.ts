import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { BuildRequest, PreflightReport, type ProjectRef, reportRequest, reportRequestExamples } from '#contracts';
import { Access, EmptySectionsResponse, NotAudited, Project, ProjectPath } from '#platform';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/preflight')
export class PreflightReportController {
  constructor(private readonly queries: QueryBus) {}

  /** Names the sections that a build would refuse as empty, by the resolvers that the build uses. Writes nothing. */
  @Post()
  @HttpCode(200)
  @Access('read')
  @NotAudited('Counts rows and keeps nothing.')
  @ApiBody({ type: BuildRequest, examples: reportRequestExamples })
  @ApiOperation({ operationId: 'preflight_report' })
  async preflight(@Project() project: ProjectRef, @Body() body: BuildRequest): Promise<EmptySectionsResponse> {
    return { empty_sections: [...(await this.queries.execute(new PreflightReport(project, reportRequest(body))))] };
  }
}
