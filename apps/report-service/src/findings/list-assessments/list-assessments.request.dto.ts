import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '#platform';

export class ListAssessmentsQuery extends PageQuery {
  /** UUID or slug of a project; all projects of the workspace without it. */
  @IsOptional()
  @IsString()
  @MaxLength(63)
  @Matches(/^[A-Za-z0-9-]+$/, { message: '$property must be a UUID or a slug' })
  @ApiPropertyOptional({ type: String, example: 'demo' })
  project_id?: string;
}
