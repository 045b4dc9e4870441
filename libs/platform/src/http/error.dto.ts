import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** What a caller sent may be told back, whatever it was. */
const anyText = '^[\\s\\S]*$';

/** Where one fault stands and what it is. */
export class ValidationErrorItem {
  /** Where the validation error occurred, from the outside in: `["body", "preset", "sections", 0]`. */
  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string', maxLength: 200, pattern: anyText }, { type: 'integer' }] },
  })
  loc!: (string | number)[];

  /** Human-readable message. */
  @ApiProperty({ maxLength: 1000, pattern: anyText })
  msg!: string;

  /** Machine-readable validation type. */
  type!: string;
}

/** The canonical API error envelope. */
export class APIErrorPayload {
  /** HTTP status code. */
  @ApiProperty({ type: 'integer', example: 401 })
  code!: number;

  /** Human-readable message. */
  @ApiProperty({ example: 'Authentication failed' })
  detail!: string;

  /** Stable machine-readable error type. */
  @ApiProperty({ example: 'authentication_error' })
  type!: string;

  /** One item per validation failure. */
  @ApiPropertyOptional({ type: () => [ValidationErrorItem] })
  errors?: ValidationErrorItem[];
}

/** A selected section without rows. */
export class EmptySectionItem {
  /** The preset's key; null for a section that no preset made. */
  @ApiProperty({ type: String, nullable: true, example: 'transform_effectiveness' })
  key!: string | null;

  /** What to call it when `key` is null. */
  @ApiProperty({ example: 'Transform Effectiveness' })
  title!: string;
}

/** One schema, two paths: the 422 of a build and the 200 of a preflight. */
export class EmptySectionsResponse {
  /** Empty when a build would be accepted. */
  @ApiProperty({ type: () => [EmptySectionItem] })
  empty_sections!: EmptySectionItem[];
}
