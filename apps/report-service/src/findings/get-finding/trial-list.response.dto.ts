import { ApiProperty } from '@nestjs/swagger';
import { PageResponse } from '#platform';
import { FindingTrialResponse } from '../finding.response.dto.ts';

export class TrialListResponse extends PageResponse {
  @ApiProperty({ type: () => [FindingTrialResponse] })
  trials!: FindingTrialResponse[];
}
