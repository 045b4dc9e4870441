import { Controller, Delete, HttpCode } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeleteProject, type ProjectRef } from '#contracts';
import { Access, Audited, Project, ProjectPath } from '#platform';

@ApiTags('projects')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project')
export class DeleteProjectController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Removes a project with all that hangs on it: imports, findings, templates, builds, reports and logos.
   *
   * Rows are gone when this answers; objects follow as soon as the object store takes it. Builds that run are ended. It
   * cannot be undone: export the project first. The second time answers 404.
   */
  @Delete()
  @HttpCode(204)
  @Access('admin')
  @Audited('project.deleted', { by: 'handler' })
  @ApiOperation({ operationId: 'delete_project' })
  @ApiNoContentResponse({ description: 'The project is gone.' })
  async delete(@Project() project: ProjectRef): Promise<void> {
    await this.commands.execute(new DeleteProject(project));
  }
}
