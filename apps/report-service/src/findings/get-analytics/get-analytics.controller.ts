import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { GetAnalytics, type WorkspaceRef } from '#contracts';
import { Access, UuidParam, Workspace, WorkspacePath } from '#platform';
import { AnalyticsResponse } from './analytics.response.dto.ts';

@ApiTags('assessments')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/airt/assessments')
export class GetAnalyticsController {
  constructor(private readonly queries: QueryBus) {}

  /** Numbers of one assessment in the shape of the SDK's `CampaignAnalytics`, by the resolvers and formulae of reports. */
  @Get(':assessment_id/analytics')
  @Access('read')
  @ApiOperation({ operationId: 'get_analytics' })
  get(@Workspace() workspace: WorkspaceRef, @Param('assessment_id', UuidParam) id: string): Promise<AnalyticsResponse> {
    return this.queries.execute(new GetAnalytics(workspace, id));
  }
}
