import { Body, Controller, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { CreateAssessment, type WorkspaceRef } from '#contracts';
import { Access, Workspace, WorkspacePath } from '#platform';
import { assessmentFields, CreateAssessmentRequest } from '../assessment.request.dto.ts';
import { AssessmentResponse } from '../assessment.response.dto.ts';

class CreateAssessmentQuery {
  /** UUID or slug of the project. */
  @IsString()
  @MaxLength(63)
  @Matches(/^[A-Za-z0-9-]+$/, { message: '$property must be a UUID or a slug' })
  @ApiProperty({ type: String, example: 'demo' })
  project_id!: string;
}

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
  @ApiOperation({ operationId: 'create_assessment' })
  create(
    @Workspace() workspace: WorkspaceRef,
    @Query() { project_id }: CreateAssessmentQuery,
    @Body() body: CreateAssessmentRequest,
  ): Promise<AssessmentResponse> {
    return this.commands.execute(new CreateAssessment(workspace, project_id, assessmentFields(body)));
  }
}
