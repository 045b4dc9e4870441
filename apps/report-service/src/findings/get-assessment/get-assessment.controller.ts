import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GetAssessment, type WorkspaceRef } from '#contracts';
import { Access, UuidParam, Workspace, WorkspacePath } from '#platform';
import { AssessmentResponse } from '../assessment.response.dto.ts';

@ApiTags('assessments')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/airt/assessments')
export class GetAssessmentController {
  constructor(private readonly queries: QueryBus) {}

  /** One assessment with its metrics. */
  @Get(':assessment_id')
  @Access('read')
  @ApiOperation({ operationId: 'get_assessment' })
  get(
    @Workspace() workspace: WorkspaceRef,
    @Param('assessment_id', UuidParam) id: string,
  ): Promise<AssessmentResponse> {
    return this.queries.execute(new GetAssessment(workspace, id));
  }
}
