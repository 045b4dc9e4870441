import { Body, Controller, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UpdateAssessment, type WorkspaceRef } from '#contracts';
import { Access, Audited, UuidParam, Workspace, WorkspacePath } from '#platform';
import { assessmentFields, UpdateAssessmentRequest } from '../assessment.request.dto.ts';
import { AssessmentResponse } from '../assessment.response.dto.ts';

@ApiTags('assessments')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/airt/assessments')
export class UpdateAssessmentController {
  constructor(private readonly commands: CommandBus) {}

  /** Changes an assessment. With `severity_policy` the severities follow that no person set. */
  @Patch(':assessment_id')
  @Access('write')
  @Audited('assessment.updated', { by: 'handler' })
  @ApiOperation({ operationId: 'update_assessment' })
  update(
    @Workspace() workspace: WorkspaceRef,
    @Param('assessment_id', UuidParam) id: string,
    @Body() body: UpdateAssessmentRequest,
  ): Promise<AssessmentResponse> {
    return this.commands.execute(new UpdateAssessment(workspace, id, assessmentFields(body)));
  }
}
