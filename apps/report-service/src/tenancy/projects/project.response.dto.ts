import { ApiProperty } from '@nestjs/swagger';
import { ListPageResponse } from '#platform';

export class ProjectResponse {
  @ApiProperty({ format: 'uuid', example: '2489e9ad-2ee2-4e00-8ec9-32d5f69181c0' })
  id!: string;

  /** Name in paths. */
  @ApiProperty({ example: 'assistant' })
  slug!: string;

  /** Name in reports. */
  @ApiProperty({ example: 'Support assistant' })
  name!: string;

  /** What the project is about. */
  @ApiProperty({ type: String, nullable: true, example: 'Quarterly red team of the support assistant.' })
  description!: string | null;

  /** ISO 8601 UTC. */
  @ApiProperty({ format: 'date-time', example: '2026-04-15T12:00:00.000Z' })
  created_at!: string;
}

export class ProjectListResponse extends ListPageResponse {
  projects!: ProjectResponse[];
}
