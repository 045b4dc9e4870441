import { IsOptional } from 'class-validator';
import { IsName, IsSlug, IsText } from '#contracts';

export class CreateProjectRequest {
  /** Name in the path: lower-case letters, digits and hyphens. */
  @IsSlug()
  slug!: string;

  /** Name in reports. */
  @IsName()
  name!: string;

  /** What the project is about. */
  @IsOptional()
  @IsText(2000)
  description?: string;
}
