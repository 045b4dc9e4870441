import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GetImport, ListImports, type ProjectRef } from '#contracts';
import { Access, pageFields, PageQuery, Project, ProjectPath, UuidParam } from '#platform';
import { ImportListResponse, ImportResponse } from '../import.response.dto.ts';

@ApiTags('imports')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/imports')
export class ReadImportsController {
  constructor(private readonly queries: QueryBus) {}

  /** Imports of the project, newest first. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'list_imports' })
  async list(@Project() project: ProjectRef, @Query() query: PageQuery): Promise<ImportListResponse> {
    const page = await this.queries.execute(new ListImports(project, { page: query.page, limit: query.page_size }));
    return Object.assign(pageFields(query, page.total), { imports: [...page.entries] });
  }

  /** One import; read it while the file is on its way to follow its progress. */
  @Get(':import_id')
  @Access('read')
  @ApiOperation({ operationId: 'get_import' })
  get(@Project() project: ProjectRef, @Param('import_id', UuidParam) importId: string): Promise<ImportResponse> {
    return this.queries.execute(new GetImport(project, importId));
  }
}
