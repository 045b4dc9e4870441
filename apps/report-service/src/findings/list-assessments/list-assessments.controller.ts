import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListAssessments, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath } from '#platform';
import { AssessmentListResponse } from './assessment-list.response.dto.ts';

@ApiTags('assessments')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/assessments')
export class ListAssessmentsController {
  constructor(private readonly queries: QueryBus) {}

  /** Assessments of the project with their metrics, oldest first. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'list_assessments' })
  async list(@Project() project: ProjectRef): Promise<AssessmentListResponse> {
    return { assessments: [...(await this.queries.execute(new ListAssessments(project)))] };
  }
}
