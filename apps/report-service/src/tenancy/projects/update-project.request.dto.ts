import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateIf } from 'class-validator';
import { IsName, IsText } from '#contracts';

/** What is left out stays. The slug stands in paths and stays. */
export class UpdateProjectRequest {
  /** Name in reports. */
  @ValidateIf((_, value) => value !== undefined)
  @IsName()
  @ApiPropertyOptional({ type: String, minLength: 1, maxLength: 120, example: 'Support assistant' })
  name?: string;

  /** What the project is about; null takes it away. */
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsText(2000)
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 2000, example: 'Red team of the second quarter.' })
  description?: string | null;
}
