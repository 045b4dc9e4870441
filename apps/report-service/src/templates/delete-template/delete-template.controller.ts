import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeleteTemplate, type ProjectRef } from '#contracts';
import { Access, Audited, Project, ProjectPath, UuidParam } from '#platform';

@ApiTags('templates')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/templates/:template_id')
export class DeleteTemplateController {
  constructor(private readonly commands: CommandBus) {}

  /** Deletes a template with its versions. Builds made from it stay, and so do those that are under way. */
  @Delete()
  @HttpCode(204)
  @Access('write')
  @Audited('template.deleted')
  @ApiOperation({ operationId: 'delete_report_template' })
  async delete(@Project() project: ProjectRef, @Param('template_id', UuidParam) templateId: string): Promise<void> {
    await this.commands.execute(new DeleteTemplate(project, templateId));
  }
}
