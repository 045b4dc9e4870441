import { ApiProperty } from '@nestjs/swagger';
import { FindingTrialResponse } from '../finding.response.dto.ts';
import { PageResponse } from '../page.response.dto.ts';

export class TrialListResponse extends PageResponse {
  @ApiProperty({ type: () => [FindingTrialResponse] })
  trials!: FindingTrialResponse[];
}
