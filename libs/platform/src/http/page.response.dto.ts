import { ApiProperty } from '@nestjs/swagger';
import type { PageQuery } from './page.dto.ts';

/** Paging fields that every list has. */
export class PageResponse {
  @ApiProperty({ type: 'integer', example: 1 })
  page!: number;

  @ApiProperty({ type: 'integer', example: 50 })
  page_size!: number;

  /** The same as `page_size`. */
  @ApiProperty({ type: 'integer', example: 50 })
  limit!: number;

  @ApiProperty({ type: 'integer', example: 3 })
  total!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  total_pages!: number;

  @ApiProperty({ example: false })
  has_next!: boolean;

  @ApiProperty({ example: false })
  has_previous!: boolean;
}

export const pageFields = ({ page, page_size }: PageQuery, total: number): PageResponse => ({
  page,
  page_size,
  limit: page_size,
  total,
  total_pages: Math.ceil(total / page_size),
  has_next: page * page_size < total,
  has_previous: page > 1,
});
