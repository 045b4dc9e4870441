import { ApiProperty } from '@nestjs/swagger';
import { ListPageResponse } from '#platform';
import { ReportTemplateResponse } from '../template.response.dto.ts';

/** One page of a project's templates. */
export class ReportTemplateListResponse extends ListPageResponse {
  @ApiProperty({ type: () => [ReportTemplateResponse] })
  templates!: ReportTemplateResponse[];
}
