import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DeleteImport, type ProjectRef } from '#contracts';
import { Access, Audited, Project, ProjectPath, UuidParam } from '#platform';

@ApiTags('imports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/imports')
export class DeleteImportController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Removes an import with its runs and trials.
   *
   * Runs that it had superseded are current again; assessments that no other import feeds go too. Reports that hold it
   * expire. The same file can be imported again afterwards. The second time answers 404.
   */
  @Delete(':import_id')
  @HttpCode(204)
  @Access('write')
  @Audited('import.deleted', { by: 'handler' })
  @ApiOperation({ operationId: 'delete_import' })
  @ApiNoContentResponse({ description: 'The import is gone.' })
  async delete(@Project() project: ProjectRef, @Param('import_id', UuidParam) importId: string): Promise<void> {
    await this.commands.execute(new DeleteImport(project, importId));
  }
}
