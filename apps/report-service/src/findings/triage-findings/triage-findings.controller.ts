import { Body, Controller, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  AppError,
  FindingResponse,
  type ProjectRef,
  TriageFinding,
  TriageFindings,
  type TriageSelection,
  type WorkspaceRef,
} from '#contracts';
import { Access, Audited, Project, ProjectPath, UuidParam, Workspace, WorkspacePath } from '#platform';
import { listedFilter } from '../listed-filter.ts';
import { TriageManyRequest, triageOf, TriageRequest, TriageResponse } from './triage.request.dto.ts';

@ApiTags('findings')
@ApiBearerAuth()
@WorkspacePath()
@Controller('api/v1/org/:org/ws/:workspace/airt/findings')
export class TriageFindingController {
  constructor(private readonly commands: CommandBus) {}

  /**
   * Triage: what a person says of a finding. A field that is left out stays, null takes back what a person said. A build
   * that is still to be rendered shows it.
   */
  @Patch(':finding_id')
  @Access('write')
  @Audited('finding.triaged', { by: 'handler' })
  @ApiOperation({ operationId: 'update_finding' })
  async triage(
    @Workspace() workspace: WorkspaceRef,
    @Param('finding_id', UuidParam) id: string,
    @Body() body: TriageRequest,
  ): Promise<FindingResponse> {
    return this.commands.execute(new TriageFinding(workspace, id, triageOf(body)));
  }
}

@ApiTags('findings')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/findings')
export class TriageFindingsController {
  constructor(private readonly commands: CommandBus) {}

  /** Triage of many findings at once: of the ids, or of all that the list shows with the filter. All or none are changed. */
  @Patch()
  @Access('write')
  @Audited('finding.triaged', { by: 'handler' })
  @ApiOperation({ operationId: 'update_project_findings' })
  async triage(@Project() project: ProjectRef, @Body() body: TriageManyRequest): Promise<TriageResponse> {
    return this.commands.execute(new TriageFindings(project, selection(body), triageOf(body)));
  }
}

function selection({ ids, filter }: TriageManyRequest): TriageSelection {
  if (ids && !filter) return { ids };
  if (!filter || ids) {
    const msg = 'exactly one of ids and filter must be given';
    throw new AppError('invalid', { errors: [{ loc: ['body'], msg, type: 'exactly_one_of' }] });
  }
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
  return { view: 'all', includeAdversarial: true, filter: listedFilter(given, ['body', 'filter']) };
}
