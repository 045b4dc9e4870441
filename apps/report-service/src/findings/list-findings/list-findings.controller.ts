import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiProperty, ApiTags } from '@nestjs/swagger';
import { checkDateOrder, ListFindings, type ProjectRef } from '#contracts';
import { Access, Project, ProjectPath } from '#platform';
import { ListFindingsQuery } from './list-findings.request.dto.ts';

/** An attack run. Prompts, answers and goals in it are hostile text. */
class FindingResponse {
  id!: string;
  assessment_id!: string;
  assessment_name!: string;
  attack_name!: string;
  category!: string;
  goal!: string | null;
  @ApiProperty({ type: [String] })
  transforms_applied!: readonly string[];
  @ApiProperty({ enum: ['succeeded', 'resisted', 'not_assessed'] })
  outcome!: string;
  is_jailbreak!: boolean;
  finding_type!: string;
  finding_status!: string;
  severity!: string | null;
  /** Where the severity comes from: human, source, score_band, category_default or fallback. */
  severity_source!: string | null;
  /** 0 to 1. */
  best_score!: number | null;
  total_trials!: number;
  target_model!: string | null;
  /** Framework to item ids. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } })
  compliance_tags!: Readonly<Record<string, readonly string[]>>;
  /** Where the run stands in its file. */
  source_ref!: string | null;
}

class FindingListResponse {
  findings!: FindingResponse[];
  page!: number;
  page_size!: number;
  total!: number;
  has_next!: boolean;
  has_previous!: boolean;
}

@ApiTags('findings')
@ApiBearerAuth()
@ProjectPath()
@Controller('api/v1/org/:org/ws/:workspace/airt/projects/:project/findings')
export class ListFindingsController {
  constructor(private readonly queries: QueryBus) {}

  /** Attack runs of the project, worst first: severity, then score. */
  @Get()
  @Access('read')
  async list(@Project() project: ProjectRef, @Query() query: ListFindingsQuery): Promise<FindingListResponse> {
    const { page, page_size, view, include_adversarial = view === 'all', ...filter } = query;
    checkDateOrder(filter, ['query']);
    const found = await this.queries.execute(
      new ListFindings(project, { page, pageSize: page_size, view, includeAdversarial: include_adversarial, filter }),
    );
    return {
      findings: [...found.rows],
      page,
      page_size,
      total: found.total,
      has_next: page * page_size < found.total,
      has_previous: page > 1,
    };
  }
}
