import { ApiProperty } from '@nestjs/swagger';
import { ImportResponse } from '../import-run/import.response.dto.ts';
import { PageResponse } from '../page.response.dto.ts';

export class ImportListResponse extends PageResponse {
  @ApiProperty({ type: () => [ImportResponse] })
  imports!: ImportResponse[];
}
