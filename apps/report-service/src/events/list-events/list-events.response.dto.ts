import { ApiProperty } from '@nestjs/swagger';
import { publicEventTypes } from '#contracts';

/** An event by CloudEvents 1.0. Carries ids, a size and a hash: no link, no finding, no name. */
export class CloudEventResponse {
  @ApiProperty({ type: String, enum: ['1.0'] })
  specversion!: '1.0';

  /** The same on every delivery: whoever gets an event twice knows it by this. */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Path of the project under the API. */
  @ApiProperty({ example: '/api/v1/org/demo/ws/red-team/airt/projects/2489e9ad-2ee2-4e00-8ec9-32d5f69181c0' })
  source!: string;

  @ApiProperty({ type: String, enum: publicEventTypes, example: 'report.completed.v1' })
  type!: string;

  /** Id of the build. */
  @ApiProperty({ format: 'uuid' })
  subject!: string;

  @ApiProperty({ format: 'date-time' })
  time!: string;

  @ApiProperty({ type: String, enum: ['application/json'] })
  datacontenttype!: 'application/json';

  /** What the type says: `build_id`, `project_id`, and for a completed report its size and SHA-256. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  data!: Record<string, unknown>;
}

export class EventsPageResponse {
  @ApiProperty({ type: () => [CloudEventResponse] })
  events!: CloudEventResponse[];

  /** Ask with it, as it is, for what comes after; the same again while nothing does. */
  @ApiProperty({ type: String, example: '42.5c3a1b0f9e7d' })
  next_cursor!: string;

  has_next!: boolean;
}
