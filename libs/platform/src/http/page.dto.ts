import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Paging of a list by `page` from 1 and `limit` from 1 to 100. */
export class ListPageQuery {
  /** Page, from 1. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page: number = 1;

  /** Entries a page. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;
}

/** What every list says beside its entries. */
export class ListPageResponse {
  /** Page, from 1. */
  @ApiProperty({ type: 'integer', example: 1 })
  page!: number;

  /** Entries a page. */
  @ApiProperty({ type: 'integer', example: 50 })
  limit!: number;

  /** Entries on all pages. */
  @ApiProperty({ type: 'integer', example: 1 })
  total!: number;

  /** Pages, 0 without entries. */
  @ApiProperty({ type: 'integer', example: 1 })
  total_pages!: number;

  /** Whether a page follows. */
  @ApiProperty({ example: false })
  has_next!: boolean;

  /** Whether a page comes before. */
  @ApiProperty({ example: false })
  has_previous!: boolean;
}

/** The paging fields of an answer. */
export const listPage = (
  { page, limit }: ListPageQuery,
  total: number,
): Pick<ListPageResponse, keyof ListPageResponse> => ({
  page,
  limit,
  total,
  total_pages: Math.ceil(total / limit),
  has_next: page * limit < total,
  has_previous: page > 1,
});

/** Paging by number: `page` from 1, `page_size` from 1 to 200. */
export class PageQuery {
  /** Page, from 1. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page: number = 1;

  /** Rows a page. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  page_size: number = 50;
}

/** The same of a list by `page_size`. */
export class PageResponse extends ListPageResponse {
  /** The same as `limit`. */
  @ApiProperty({ type: 'integer', example: 50 })
  page_size!: number;
}

export const pageFields = ({ page, page_size }: PageQuery, total: number): PageResponse => ({
  ...listPage({ page, limit: page_size }, total),
  page_size,
});
