import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  BuildRequest,
  ExplainPreflight,
  type PreflightExplanation,
  type ProjectRef,
  reportRequest,
  reportRequestExamples,
} from '#contracts';
import { Access, NotAudited, Project, ProjectPath } from '#platform';
import { PreflightExplanationResponse } from './explain-preflight.response.dto.ts';

@ApiTags('reports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/reports/preflight/explain')
export class ExplainPreflightController {
  constructor(private readonly queries: QueryBus) {}

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
    return this.queries.execute(new ExplainPreflight(project, reportRequest(body)));
  }
}
