import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';

export class CreateAssessmentQuery {
  /** UUID or slug of the project. */
  @IsString()
  @MaxLength(63)
  @Matches(/^[A-Za-z0-9-]+$/, { message: '$property must be a UUID or a slug' })
  @ApiProperty({ type: String, example: 'demo' })
  project_id!: string;
}
