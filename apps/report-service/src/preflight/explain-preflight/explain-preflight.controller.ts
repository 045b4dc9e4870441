import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  BuildRequest,
  ExplainPreflight,
  PlanReport,
  type PreflightExplanation,
  type ProjectRef,
  reportRequest,
  reportRequestExamples,
  TakeWatermark,
} from '#contracts';
import { Access, Database, NotAudited, Project, ProjectPath } from '#platform';
import { PreflightExplanationResponse } from './explain-preflight.response.dto.ts';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/preflight/explain')
export class ExplainPreflightController {
  constructor(
    private readonly queries: QueryBus,
    private readonly database: Database,
  ) {}

  /**
   * Says of each section how many rows it has and, where it has none, why: no data, no framework, or which fields of the
   * filter removed them, with the nearest filter that leaves some. Estimates pages and time. Writes nothing.
   */
  @Post()
  @HttpCode(200)
  @Access('read')
  @NotAudited('Counts rows and keeps nothing.')
  @ApiBody({ type: BuildRequest, examples: reportRequestExamples })
  @ApiOperation({ operationId: 'explain_preflight' })
  @ApiResponse({ status: 200, type: PreflightExplanationResponse })
  async explain(@Project() project: ProjectRef, @Body() body: BuildRequest): Promise<PreflightExplanation> {
    const plan = await this.queries.execute(new PlanReport(project, reportRequest(body)));
    return this.database.snapshot(project.organizationId, async (snapshot) => {
      const watermark = await this.queries.execute(new TakeWatermark(project, snapshot));
      return this.queries.execute(new ExplainPreflight(project, plan, watermark, snapshot));
    });
  }
}
