import { ApiProperty } from '@nestjs/swagger';
import { BuildJobResponse } from '../build-job.response.dto.ts';

/** A page of the builds of a project, newest first. */
export class BuildJobListResponse {
  @ApiProperty({ type: () => [BuildJobResponse] })
  builds!: BuildJobResponse[];

  /** Null when the page was asked for by `cursor`. */
  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  page!: number | null;

  @ApiProperty({ type: 'integer', example: 50 })
  limit!: number;

  /** Builds of the project in the states asked for. */
  @ApiProperty({ type: 'integer', example: 1 })
  total!: number;

  @ApiProperty({ type: 'integer', example: 1 })
  total_pages!: number;

  @ApiProperty({ example: false })
  has_next!: boolean;

  @ApiProperty({ example: false })
  has_previous!: boolean;

  /** Give it as `cursor` for the builds that follow; null at the end. */
  @ApiProperty({ type: String, nullable: true, example: null })
  next_cursor!: string | null;
}
