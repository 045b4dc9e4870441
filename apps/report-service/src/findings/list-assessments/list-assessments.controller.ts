import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ListAssessments, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath } from '#platform';
import { MetricsResponse } from '../metrics.response.dto.ts';

class AssessmentResponse {
  id!: string;
  name!: string;
  status!: string;
  target_model!: string | null;
  attacker_model!: string | null;
  judge_model!: string | null;
  /** `hits_only`: the file holds successes alone, so there is no rate. */
  @ApiProperty({ enum: ['full', 'hits_only'] })
  coverage!: string;
  /** What header or summary rows of the file claim; never mixed into `metrics`. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  source_reported!: unknown;
  started_at!: string | null;
  completed_at!: string | null;
  metrics!: MetricsResponse;
}

class AssessmentListResponse {
  assessments!: AssessmentResponse[];
}

@ApiTags('assessments')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/assessments')
export class ListAssessmentsController {
  constructor(private readonly queries: QueryBus) {}

  /** Assessments of the project with their metrics, oldest first. */
  @Get()
  @Access('read')
  async list(@Project() project: ProjectRef): Promise<AssessmentListResponse> {
    return { assessments: [...(await this.queries.execute(new ListAssessments(project)))] };
  }
}
