import { ApiProperty } from '@nestjs/swagger';
import { FindingResponse } from '#contracts';
import { PageResponse } from '#platform';

/** With a cursor `page` is counted on from where it began; `total` is exact, always. */
export class FindingListResponse extends PageResponse {
  @ApiProperty({ type: () => [FindingResponse] })
  findings!: FindingResponse[];

  /** Where the next page begins, for `cursor`; null on the last page. */
  @ApiProperty({ type: String, nullable: true, example: 'WyIyIiwicUUuLi4iXQ' })
  next_cursor!: string | null;
}
