import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { DeleteAssessment, type WorkspaceRef } from '#contracts';
import { Access, Audited, UuidParam, Workspace } from '#platform';

@ApiTags('assessments')
@ApiBearerAuth()
@ApiParam({ name: 'org', type: String, description: 'Organization slug.', example: 'demo' })
@ApiParam({ name: 'workspace', type: String, description: 'Workspace slug.', example: 'red-team' })
@Controller('api/v1/org/:org/ws/:workspace/airt/assessments')
export class DeleteAssessmentController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Removes an assessment with its runs and trials, whichever imports they came by.
   *
   * Imports that fed nothing else go too. Reports that hold it expire. The second time answers 404.
   */
  @Delete(':assessment_id')
  @HttpCode(204)
  @Access('write')
  @Audited('assessment.deleted', { by: 'handler' })
  @ApiOperation({ operationId: 'delete_assessment' })
  @ApiNoContentResponse({ description: 'The assessment is gone.' })
  async delete(
    @Workspace() workspace: WorkspaceRef,
    @Param('assessment_id', UuidParam) assessmentId: string,
  ): Promise<void> {
    await this.commands.execute(new DeleteAssessment(workspace, assessmentId));
  }
}
