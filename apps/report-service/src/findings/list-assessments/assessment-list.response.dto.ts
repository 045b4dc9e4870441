import { ApiProperty } from '@nestjs/swagger';
import { PageResponse } from '#platform';
import { AssessmentResponse } from '../assessment.response.dto.ts';

export class AssessmentListResponse extends PageResponse {
  @ApiProperty({ type: () => [AssessmentResponse] })
  assessments!: AssessmentResponse[];
}
