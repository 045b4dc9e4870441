import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  BuildRequest,
  FindEmptySections,
  PlanReport,
  type ProjectRef,
  reportRequest,
  reportRequestExamples,
  TakeWatermark,
} from '#contracts';
import { Access, Database, EmptySectionsResponse, NotAudited, Project, ProjectPath } from '#platform';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/preflight')
export class PreflightReportController {
  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
  ) {}

  /** Names the sections that a build would refuse as empty, by the resolvers that the build uses. Writes nothing. */
  @Post()
  @HttpCode(200)
  @Access('read')
  @NotAudited('Counts rows and keeps nothing.')
  @ApiBody({ type: BuildRequest, examples: reportRequestExamples })
  @ApiOperation({ operationId: 'preflight_report' })
  async preflight(@Project() project: ProjectRef, @Body() body: BuildRequest): Promise<EmptySectionsResponse> {
    const plan = await this.queries.execute(new PlanReport(project, reportRequest(body)));
    const empty = await this.database.snapshot(project.organizationId, async (snapshot) => {
      const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
      return this.queries.execute(new FindEmptySections(project, plan, watermark, snapshot));
    });
    return { empty_sections: [...empty] };
  }
}
