import { ApiProperty } from '@nestjs/swagger';
import { FindingTrialResponse } from '#contracts';
import { PageResponse } from '#platform';

export class TrialListResponse extends PageResponse {
  @ApiProperty({ type: () => [FindingTrialResponse] })
  trials!: FindingTrialResponse[];
}
