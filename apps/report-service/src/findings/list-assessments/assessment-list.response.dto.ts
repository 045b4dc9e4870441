import { ApiProperty } from '@nestjs/swagger';
import { AssessmentResponse } from '../assessment.response.dto.ts';
import { PageResponse } from '../page.response.dto.ts';

export class AssessmentListResponse extends PageResponse {
  @ApiProperty({ type: () => [AssessmentResponse] })
  assessments!: AssessmentResponse[];
}
