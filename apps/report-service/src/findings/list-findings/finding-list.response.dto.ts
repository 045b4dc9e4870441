import { ApiProperty } from '@nestjs/swagger';
import { FindingResponse } from '#contracts';

export class FindingListResponse {
  @ApiProperty({ type: () => [FindingResponse] })
  findings!: FindingResponse[];

  /** Number of the page; with a cursor counted on from where it began. */
  @ApiProperty({ type: 'integer', example: 1 })
  page!: number;

  @ApiProperty({ type: 'integer', example: 50 })
  page_size!: number;

  /** The same as `page_size`. */
  @ApiProperty({ type: 'integer', example: 50 })
  limit!: number;

  /** Exact number of all rows of the list. */
  @ApiProperty({ type: 'integer', example: 385 })
  total!: number;

  @ApiProperty({ type: 'integer', example: 8 })
  total_pages!: number;

  @ApiProperty({ example: true })
  has_next!: boolean;

  @ApiProperty({ example: false })
  has_previous!: boolean;

  /** Where the next page begins, for `cursor`; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: 'WzIsInFQLi4uIl0' })
  next_cursor!: string | null;
}
