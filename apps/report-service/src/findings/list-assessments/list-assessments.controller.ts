import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AppError, FindProject, ListAssessments, type ProjectRef, type WorkspaceRef } from '#contracts';
import { Access, pageFields, PageQuery, Project, ProjectPath, Workspace, WorkspacePath } from '#platform';
import { AssessmentListResponse } from '../assessment.response.dto.ts';
import { ListAssessmentsQuery } from './list-assessments.request.dto.ts';

@ApiTags('assessments')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/assessments')
export class ListProjectAssessmentsController {
  constructor(private readonly queries: QueryBus) {}

  /** Assessments of the project with their metrics, oldest first. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'list_project_assessments' })
  async list(@Project() project: ProjectRef, @Query() query: PageQuery): Promise<AssessmentListResponse> {
    const page = { page: query.page, limit: query.page_size };
    const found = await this.queries.execute(new ListAssessments(project, project.projectId, page));
    return Object.assign(pageFields(query, found.total), { assessments: [...found.entries] });
  }
}

@ApiTags('assessments')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/airt/assessments')
export class ListAssessmentsController {
  constructor(private readonly queries: QueryBus) {}

  /** Assessments of a project, or of the whole workspace, with their metrics, oldest first. */
  @Get()
  @Access('read')
  @ApiOperation({ operationId: 'list_assessments' })
  async list(
    @Workspace() workspace: WorkspaceRef,
    @Query() query: ListAssessmentsQuery,
  ): Promise<AssessmentListResponse> {
    const page = { page: query.page, limit: query.page_size };
    const found = await this.queries.execute(
      new ListAssessments(workspace, await this.projectId(workspace, query), page),
    );
    return Object.assign(pageFields(query, found.total), { assessments: [...found.entries] });
  }

  private async projectId(
    workspace: WorkspaceRef,
    { project_id: asked }: ListAssessmentsQuery,
  ): Promise<string | null> {
    if (asked === undefined) return null;
    const project = await this.queries.execute(new FindProject(workspace, asked));
    if (!project) throw new AppError('not_found');
    return project.projectId;
  }
}
