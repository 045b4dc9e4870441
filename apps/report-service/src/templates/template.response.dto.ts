import { ApiProperty } from '@nestjs/swagger';
import { AirtPresetRequest } from '#contracts';
import { ListPageResponse } from '#platform';
import { ReportTemplateSchema } from './config/template-config.dto.ts';

/** A stored template in its current version. */
export class ReportTemplateResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Quarterly report' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, example: 'What the client gets each quarter' })
  description!: string | null;

  @ApiProperty({ format: 'uuid' })
  project_id!: string;

  /** Counts the changes, from 1; `ETag` and `If-Match` carry it. */
  @ApiProperty({ type: 'integer', minimum: 1, example: 1 })
  version!: number;

  config!: ReportTemplateSchema;

  /** Read back from the tags in `config`, as far as they tell; null when no section has one. */
  @ApiProperty({ type: () => AirtPresetRequest, nullable: true })
  preset!: AirtPresetRequest | null;

  /** Image at the left of the header. */
  @ApiProperty({ type: String, nullable: true })
  branding_logo_oid!: string | null;

  /** Key that made it. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  created_by!: string | null;

  created_at!: Date;

  /** When its current version was made. */
  updated_at!: Date;
}

/** One page of a project's templates. */
export class ReportTemplateListResponse extends ListPageResponse {
  @ApiProperty({ type: () => [ReportTemplateResponse] })
  templates!: ReportTemplateResponse[];
}
