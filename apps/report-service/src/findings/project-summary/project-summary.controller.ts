import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { GetProjectSummary, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath } from '#platform';
import { FindingResponse } from '../finding.response.dto.ts';
import { MetricsResponse } from '../metrics.response.dto.ts';

class ProjectSummaryResponse {
  project_id!: string;
  project_key!: string;
  project_name!: string;
  last_activity_at!: string | null;
  total_assessments!: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  assessments_by_status!: Readonly<Record<string, number>>;
  /** Mean over assessments, as documented; `metrics.risk_score` merges counts instead. */
  avg_risk_score!: number | null;
  /** Mean over assessments that have a rate, as documented; `metrics.overall_asr` merges counts instead. */
  avg_asr!: number | null;
  total_attacks!: number;
  total_trials!: number;
  /** Worst first, at most ten: what a report without a filter shows first. */
  @ApiProperty({ type: () => [FindingResponse] })
  top_findings!: readonly FindingResponse[];
  metrics!: MetricsResponse;
}

@ApiTags('projects')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/summary')
export class ProjectSummaryController {
  constructor(private readonly queries: QueryBus) {}

  /** What was attacked and how it went, over all assessments of the project. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'get_project_summary' })
  summary(@Project() project: ProjectRef): Promise<ProjectSummaryResponse> {
    return this.queries.execute(new GetProjectSummary(project, project.path.split('/').at(-1) ?? ''));
  }
}
