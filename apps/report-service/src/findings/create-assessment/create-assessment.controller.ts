import { Body, Controller, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CreateAssessment, type WorkspaceRef } from '#contracts';
import { Access, Audited, Workspace, WorkspacePath } from '#platform';
import { assessmentFields, CreateAssessmentRequest } from '../assessment.request.dto.ts';
import { AssessmentResponse } from '../assessment.response.dto.ts';
import { CreateAssessmentQuery } from './create-assessment.request.dto.ts';

@ApiTags('assessments')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/airt/assessments')
export class CreateAssessmentController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Makes an assessment, pending. A file in our own format whose assessment line has its id, or its name, is imported into
   * it and completes it; its severity policy then applies to those runs.
   */
  @Post()
  @Access('write')
  @Audited('assessment.created', { by: 'handler' })
  @ApiOperation({ operationId: 'create_assessment' })
  create(
    @Workspace() workspace: WorkspaceRef,
    @Query() { project_id }: CreateAssessmentQuery,
    @Body() body: CreateAssessmentRequest,
  ): Promise<AssessmentResponse> {
    return this.commands.execute(new CreateAssessment(workspace, project_id, assessmentFields(body)));
  }
}
