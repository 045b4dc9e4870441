import { ApiProperty } from '@nestjs/swagger';
import { PageResponse } from '#platform';
import { ImportResponse } from '../import.response.dto.ts';

export class ImportListResponse extends PageResponse {
  @ApiProperty({ type: () => [ImportResponse] })
  imports!: ImportResponse[];
}
