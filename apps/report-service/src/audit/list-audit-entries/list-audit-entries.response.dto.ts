import { ApiProperty } from '@nestjs/swagger';
import { type AuditDetails } from '#contracts';

export class AuditActorResponse {
  /** `api_key`, `user`, or `system` for the service itself and its command line. */
  @ApiProperty({ example: 'api_key' })
  kind!: string;

  /** Id of the key or person. */
  @ApiProperty({ type: String, nullable: true, format: 'uuid', example: '2489e9ad-2ee2-4e00-8ec9-32d5f69181c0' })
  id!: string | null;

  /** Name that the key or person had at the time. */
  @ApiProperty({ type: String, nullable: true, example: 'nightly run' })
  name!: string | null;
}

export class AuditEntryResponse {
  @ApiProperty({ format: 'uuid', example: '0b6c4a52-7f0e-4a3c-9a37-5f3f5d0a4a11' })
  id!: string;

  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  at!: string;

  /** What was done: `<resource>.<action>`. */
  @ApiProperty({ example: 'build.requested' })
  action!: string;

  /** What kind of thing `resource_id` names. */
  @ApiProperty({ example: 'build' })
  resource_type!: string;

  /** Id of the thing, which may be gone by now. */
  @ApiProperty({ type: String, nullable: true, example: '7f1d9a3e-1c7b-4d52-8f1a-6f0d1f1a2b3c' })
  resource_id!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'uuid', example: '5e0c1d2f-3a4b-4c5d-8e6f-7a8b9c0d1e2f' })
  workspace_id!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'uuid', example: '1a2b3c4d-5e6f-4a1b-9c2d-3e4f5a6b7c8d' })
  project_id!: string | null;

  /** Who did it. */
  actor!: AuditActorResponse;

  /** `X-Request-Id` of the request, as in the logs. */
  @ApiProperty({ type: String, nullable: true, example: '5b0f6a3c-9f0d-4b6e-8b1e-2f9b8f6a7c1d' })
  request_id!: string | null;

  /** Address that the request came from; the proxy's, where its word is not trusted. */
  @ApiProperty({ type: String, nullable: true, example: '192.0.2.7' })
  address!: string | null;

  /** Numbers, flags and single words, such as `{ "role": "owner" }`. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'number' }, { type: 'boolean' }, { type: 'string' }] },
    example: { rows: 412 },
  })
  details!: AuditDetails;
}

export class AuditListResponse {
  entries!: AuditEntryResponse[];

  /** Give it back as `cursor` for the next page; null after the last. */
  @ApiProperty({ type: String, nullable: true, example: null })
  next_cursor!: string | null;
}
