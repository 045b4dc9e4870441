import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { FindingResponse, GetFinding, ListTrials, type ProjectRef, type WorkspaceRef } from '#contracts';
import { Access, pageFields, PageQuery, Project, ProjectPath, UuidParam, Workspace, WorkspacePath } from '#platform';
import { TrialListResponse } from './trial-list.response.dto.ts';

@ApiTags('findings')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/findings')
export class GetProjectFindingController {
  constructor(private readonly queries: QueryBus) {}

  /** One finding of the project with its ten best trials. */
  @Get(':finding_id')
  @Access('read')
  @ApiOperation({ operationId: 'get_project_finding' })
  async get(@Project() project: ProjectRef, @Param('finding_id', UuidParam) id: string): Promise<FindingResponse> {
    return this.queries.execute(new GetFinding(project, id, project.projectId));
  }
}

@ApiTags('findings')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/airt/findings')
export class GetFindingController {
  constructor(private readonly queries: QueryBus) {}

  /** One finding with its ten best trials. */
  @Get(':finding_id')
  @Access('read')
  @ApiOperation({ operationId: 'get_finding' })
  async get(
    @Workspace() workspace: WorkspaceRef,
    @Param('finding_id', UuidParam) id: string,
  ): Promise<FindingResponse> {
    return this.queries.execute(new GetFinding(workspace, id));
  }

  /** All trials of a finding, in the order of its run. */
  @Get(':finding_id/trials')
  @Access('read')
  @ApiOperation({ operationId: 'list_finding_trials' })
  async trials(
    @Workspace() workspace: WorkspaceRef,
    @Param('finding_id', UuidParam) id: string,
    @Query() query: PageQuery,
  ): Promise<TrialListResponse> {
    const page = { page: query.page, limit: query.page_size };
    const found = await this.queries.execute(new ListTrials(workspace, id, page));
    return Object.assign(pageFields(query, found.total), { trials: [...found.entries] });
  }
}
