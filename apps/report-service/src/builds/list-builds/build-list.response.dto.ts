import { ApiProperty, OmitType } from '@nestjs/swagger';
import { ListPageResponse } from '#platform';
import { BuildJobResponse } from '../build-job.response.dto.ts';

/** A page of the builds of a project, newest first; `total` counts those in the states asked for. */
export class BuildJobListResponse extends OmitType(ListPageResponse, ['page']) {
  @ApiProperty({ type: () => [BuildJobResponse] })
  builds!: BuildJobResponse[];

  /** Null when the page was asked for by `cursor`. */
  @ApiProperty({ type: 'integer', nullable: true, example: 1 })
  page!: number | null;

  /** Give it as `cursor` for the builds that follow; null at the end. */
  @ApiProperty({ type: String, nullable: true, example: null })
  next_cursor!: string | null;
}
